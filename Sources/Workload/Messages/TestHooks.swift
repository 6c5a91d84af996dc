import CTransport
import Glibc
import Instruments

/// Faults and costs that tests inject. A release build has none of them.
enum TestHooks {
  #if RINGBENCH_TEST_HOOKS
    private static let extraInstructions = getenv("RINGBENCH_TEST_EXTRA_INSTRUCTIONS").map { UInt32(atoi($0)) } ?? 0
    private static let slowdownPercent = getenv("RINGBENCH_TEST_SLOWDOWN_PERCENT").map { UInt64(max(0, atoi($0))) } ?? 0
  #endif

  /// Executes the number of extra instructions in `RINGBENCH_TEST_EXTRA_INSTRUCTIONS`.
  @inline(__always)
  static func spendInstructions() {
    #if RINGBENCH_TEST_HOOKS
      ctransport_spend_instructions(extraInstructions)
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
      guard let value = getenv("RINGBENCH_TEST_CORRUPT"), UInt64(String(cString: value)) == sequence else { return }
      message[message.count - 1] ^= 1
    #endif
  }
}
