import CTransport
import Glibc
import Instruments

/// Faults and costs that tests inject. A release build has none of them.
enum TestHooks {
  #if RINGBENCH_TEST_HOOKS
    private static let extraInstructions = getenv("RINGBENCH_TEST_EXTRA_INSTRUCTIONS").map { UInt32(atoi($0)) } ?? 0
    private static let extraTime = getenv("RINGBENCH_TEST_EXTRA_NS").map { UInt64(max(0, atoi($0))) } ?? 0
    private static let corrupted = getenv("RINGBENCH_TEST_CORRUPT").flatMap { UInt64(String(cString: $0)) }
    private static let checksEachByte = getenv("RINGBENCH_TEST_EVERY_BYTE") != nil
    private static let cutsMessages = getenv("RINGBENCH_TEST_CUT_MESSAGES") != nil
    private static let slowdownPercent = getenv("RINGBENCH_TEST_SLOWDOWN_PERCENT").map { UInt64(max(0, atoi($0))) } ?? 0
  #endif

  /// Executes the number of extra instructions in `RINGBENCH_TEST_EXTRA_INSTRUCTIONS`, and takes the nanoseconds in
  /// `RINGBENCH_TEST_EXTRA_NS`.
  @inline(__always)
  static func spendInstructions() {
    #if RINGBENCH_TEST_HOOKS
      ctransport_spend_instructions(extraInstructions)
      guard extraTime > 0 else { return }
      let end = Clock.now() &+ extraTime
      while Clock.now() < end {}
    #endif
  }

  /// Makes a region that began at `start` longer by `RINGBENCH_TEST_SLOWDOWN_PERCENT` per cent.
  @inline(__always)
  static func slowDown(since start: UInt64) {
    #if RINGBENCH_TEST_HOOKS
      guard slowdownPercent > 0 else { return }
      let end = start &+ (Clock.now() &- start) &* (100 &+ slowdownPercent) / 100
      while Clock.now() < end {}
    #endif
  }

  /// Flips a bit of the message whose number `RINGBENCH_TEST_CORRUPT` names.
  static func corrupt(_ message: UnsafeMutableRawBufferPointer, sequence: UInt64) {
    #if RINGBENCH_TEST_HOOKS
      if sequence == corrupted { message[message.count - 1] ^= 1 }
    #endif
  }

  /// Whether timed rounds check every byte, and senders write every byte anew (`RINGBENCH_TEST_EVERY_BYTE`).
  @inline(__always)
  static var checksEveryByte: Bool {
    #if RINGBENCH_TEST_HOOKS
      return checksEachByte
    #else
      return false
    #endif
  }

  /// How many bytes of a byte stream's message to write next: all that are left, or with `RINGBENCH_TEST_CUT_MESSAGES` a
  /// random part first.
  static func piece(of count: Int, after done: Int) -> Int {
    #if RINGBENCH_TEST_HOOKS
      return cutsMessages && done == 0 ? .random(in: 1...count) : count
    #else
      return count
    #endif
  }
}
