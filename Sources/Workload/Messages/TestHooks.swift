import CTransport
import Glibc

/// Faults and costs that tests inject; none of it is in a release build.
enum TestHooks {
  #if RINGBENCH_TEST_HOOKS
    private static let extraInstructions = getenv("RINGBENCH_TEST_EXTRA_INSTRUCTIONS").map { UInt32(atoi($0)) } ?? 0
  #endif

  /// Executes as many instructions more as `RINGBENCH_TEST_EXTRA_INSTRUCTIONS` says.
  @inline(__always)
  static func spendInstructions() {
    #if RINGBENCH_TEST_HOOKS
      ctransport_spend_instructions(extraInstructions)
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
