import CKernelChecks
import CUring
import Glibc

/// One of the two threads.
final class HostileActor: @unchecked Sendable {
  struct Mapping {
    var base: UnsafeMutableRawPointer
    var byteCount: Int
    /// The offset of the page of ids, if this is a whole group that has one. The tail says how far it is used.
    var refillOffset: Int?
    var tail: UInt32 = 0
  }

  let field: HostileField
  var random: Random
  private let end: Int
  /// How often each call succeeded, and how often it was refused.
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
    case 0 where random.chance(40): openRing()
    case 1 where random.chance(20): closeRing()
    case 2..<10: register()
    case 10..<12: unregister()
    case 12..<15: map()
    case 15..<17: unmap()
    case 17 where random.chance(30): splice()
    case 17: scribble()
    case 18: refill()
    case 19..<21: openChannel()
    case 21 where random.chance(50): closeChannel()
    case 22..<40: send()
    case 40..<62: receive()
    case 62..<72: provide()
    case 72: remove()
    case 73..<75: cancel()
    case 75..<98: reap()
    case 98: enterAnother()
    case 99 where random.chance(10): fork()
    default: registerOther()
    }
  }

  /// Mostly a group that probably exists, otherwise any id.
  func anyGroup() -> UInt16 { random.chance(95) ? UInt16(random.below(6)) : UInt16(truncatingIfNeeded: random.next()) }

  /// A number that is small, a limit, a power of two, or any.
  func extreme(_ usual: Int) -> UInt64 {
    switch random.below(20) {
    case 0: random.pick([0, 1, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 63, ~0])
    case 1: random.next()
    case 2: 1 << UInt64(random.below(64))
    default: UInt64(random.below(usual))
    }
  }
}
