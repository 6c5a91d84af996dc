import Base
import FoundationEssentials

/// The state of a saved machine but for its memory, as QEMU writes it (`docs/devel/migration.rst`).
///
/// With `-icount` the clock is a count of instructions plus a bias. When QEMU's main loop finds the processor stopped before
/// it learns that the machine is to be paused, it takes it for idle and adds the time to the next timer to the bias. Taking
/// it away again gives the state of a machine whose clock stood still, unless the timer has run: then its interrupt waits.
struct SavedState {
  /// The part of the state with the bias (QEMU `softmmu/cpu-timers.c`): a byte 5 for a part, the length of its name, its
  /// name, a version of four bytes, and the bias, big endian. The name alone stands in the state's own description as well.
  private static let clock = [5, 12] + Array("timer/icount".utf8)
  private static let versionSize = 4
  /// What stands before it: a number for the section, a version, and the host's cycles and nanoseconds. QEMU does not read
  /// these two with `-icount`.
  private static let timer = [5] + Array("timer".utf8)
  private static let hostClocksSize = 24
  /// The part of a processor (QEMU `cpu.c`): its name, two numbers as above, whether it halts, and what interrupts it.
  private static let processor = [10] + Array("cpu_common".utf8)

  private var bytes: [UInt8]
  /// Where the part with the bias begins.
  private let place: Int
  /// Whether an interrupt waits for a processor.
  let hasInterrupt: Bool

  /// - Throws: `failed` where the state has no clock as QEMU 7.2 writes it, or several.
  init(path: String) throws(RingbenchError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RingbenchError.failed("\(path): can't be read")
    }
    let bytes = [UInt8](data)
    let places = bytes.indices.filter { bytes[$0...].starts(with: Self.clock) }
    let before = Self.hostClocksSize + 2 * Self.versionSize + Self.timer.count
    guard places.count == 1, case let place = places[0], place >= before,
      bytes[(place - before)...].starts(with: Self.timer),
      place + Self.clock.count + Self.versionSize + 8 <= bytes.count
    else {
      throw RingbenchError.failed("QEMU's saved state has no clock that ringbench knows: QEMU 7.2 is known to have one")
    }
    let processors = bytes.indices.filter { bytes[$0...].starts(with: Self.processor) }
    let interrupts = processors.map { bytes.dropFirst($0 + Self.processor.count + 2 * Self.versionSize + 4).prefix(4) }
    guard !interrupts.isEmpty, interrupts.allSatisfy({ $0.count == 4 }) else {
      throw RingbenchError.failed(
        "QEMU's saved state has no processor that ringbench knows: QEMU 7.2 is known to have one")
    }
    hasInterrupt = interrupts.contains { $0.contains { $0 != 0 } }
    (self.bytes, self.place) = (bytes, place)
  }

  /// Adds to the clock.
  mutating func moveClock(by nanoseconds: Int) {
    let start = place + Self.clock.count + Self.versionSize
    let bias = bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let moved = bias &+ UInt64(bitPattern: Int64(nanoseconds))
    withUnsafeBytes(of: moved.bigEndian) { bytes.replaceSubrange(start..<start + 8, with: $0) }
  }

  /// Forgets how long the host took, which is all that may differ between two saves of one machine.
  mutating func clearHostClocks() {
    let clocks = place - Self.hostClocksSize..<place
    bytes.replaceSubrange(clocks, with: repeatElement(0, count: clocks.count))
  }

  func write(to path: String) throws(RingbenchError) { try Files.write(bytes, to: path) }
}
