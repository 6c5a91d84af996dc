import Glibc

/// Faults that tests inject; none of it is in a release build.
enum TestHooks {
  /// Flips a bit of the message whose number `RINGBENCH_TEST_CORRUPT` names.
  static func corrupt(_ message: UnsafeMutableRawBufferPointer, sequence: UInt64) {
    #if RINGBENCH_TEST_HOOKS
      guard let value = getenv("RINGBENCH_TEST_CORRUPT"), UInt64(String(cString: value)) == sequence else { return }
      message[message.count - 1] ^= 1
    #endif
  }
}
