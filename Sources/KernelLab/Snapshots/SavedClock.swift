import Base
import FoundationEssentials

/// The clock in a saved machine's state.
///
/// With `-icount` the clock is a count of instructions plus a bias. When QEMU's main loop finds the processor stopped before
/// it learns that the machine is to be paused, it takes it for idle and adds the time to the next timer to the bias. No
/// timer runs then, so that taking it away again gives the state of a machine whose clock stood still.
enum SavedClock {
  /// The part of the state with the bias (QEMU `softmmu/cpu-timers.c`): a byte 5 for a part, the length of its name, its
  /// name, a version of four bytes, and the bias, big endian (`docs/devel/migration.rst`). The name alone stands in the
  /// state's own description as well.
  private static let section = [5, 12] + Array("timer/icount".utf8)
  private static let versionSize = 4

  /// - Throws: `failed` where the state has no such part, or several.
  static func move(by nanoseconds: Int, in path: String) throws(RingbenchError) {
    guard var state = FileManager.default.contents(atPath: path).map([UInt8].init) else {
      throw RingbenchError.failed("\(path): can't be read")
    }
    let places = state.indices.filter { state[$0...].starts(with: section) }
    guard places.count == 1, case let place = places[0] + section.count + versionSize, place + 8 <= state.count else {
      throw RingbenchError.failed("QEMU's saved state has no clock that ringbench knows: QEMU 7.2 is known to have one")
    }
    let bias = state[place..<place + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let moved = bias &+ UInt64(bitPattern: Int64(nanoseconds))
    withUnsafeBytes(of: moved.bigEndian) { state.replaceSubrange(place..<place + 8, with: $0) }
    try Files.write(state, to: path)
  }
}
