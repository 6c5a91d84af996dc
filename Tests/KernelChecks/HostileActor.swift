import CKernelChecks
import CUring
import Glibc

/// One of the two threads.
final class HostileActor: @unchecked Sendable {
  struct Mapping {
    var base: UnsafeMutableRawPointer
    var byteCount: Int
  }

  let field: HostileField
  var random: Random
  private let end: Int
  /// How often what was done, and how often it succeeded.
  var tally: [String: Int] = [:]
  var own: [CheckRing] = []
  var mappings: [Mapping] = []
  var channels: [Channel] = []
  var requests: [Request] = []
  var files: [Int32] { field.files }

  init(_ field: HostileField, seed: UInt64, end: Int) {
    (self.field, self.end) = (field, end)
    random = Random(seed: seed)
  }

  func run() {
    var round = 0
    while round % 64 != 0 || !isOver {
      act()
      round += 1
    }
    for mapping in mappings { munmap(mapping.base, mapping.byteCount) }
    own = []
    channels = []
  }

  private var isOver: Bool {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec >= end
  }

  func count(_ what: String, _ succeeded: Bool = true) {
    tally[succeeded ? what : what + "-refused", default: 0] += 1
  }

  private func act() {
    switch random.below(100) {
    case 0..<2: openRing()
    case 2..<3: closeRing()
    case 3..<15: register()
    case 15..<20: unregister()
    case 20..<26: map()
    case 26..<30: unmap()
    case 30..<33: scribble()
    case 33..<36: openChannel()
    case 36..<38: closeChannel()
    case 38..<52: send()
    case 52..<70: receive()
    case 70..<82: provide()
    case 82..<84: remove()
    case 84..<87: cancel()
    case 87..<97: reap()
    case 97..<98: enterAnother()
    case 98 where random.chance(5): fork()
    default: registerOther()
    }
  }

  /// A group that is probably there, or any.
  func anyGroup() -> UInt16 { random.chance(95) ? UInt16(random.below(6)) : UInt16(truncatingIfNeeded: random.next()) }

  /// A number that is small, at the edge of something, or any.
  func extreme(_ usual: Int) -> UInt64 {
    switch random.below(20) {
    case 0: random.pick([0, 1, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 63, ~0])
    case 1: random.next()
    case 2: 1 << UInt64(random.below(64))
    default: UInt64(random.below(usual))
    }
  }
}
