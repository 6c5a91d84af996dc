import CTransport
import Glibc
import Instruments

/// Faults and costs that tests inject; none of it is in a release build.
enum TestHooks {
  #if RINGBENCH_TEST_HOOKS
    private static let extraInstructions = getenv("RINGBENCH_TEST_EXTRA_INSTRUCTIONS").map { UInt32(atoi($0)) } ?? 0
    private static let slowdownPercent = getenv("RINGBENCH_TEST_SLOWDOWN_PERCENT").map { UInt64(max(0, atoi($0))) } ?? 0
  #endif

  /// Executes as many instructions more as `RINGBENCH_TEST_EXTRA_INSTRUCTIONS` says.
  @inline(__always)
  static func spendInstructions() {
    #if RINGBENCH_TEST_HOOKS
      ctransport_spend_instructions(extraInstructions)
    #endif
  }

  /// Makes a region that began at `start` longer by as many percent as `RINGBENCH_TEST_SLOWDOWN_PERCENT` says.
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
