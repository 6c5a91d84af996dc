import CLinux
import Glibc

/// What the calling thread has used of its CPU so far (`getrusage(2)`, `RUSAGE_THREAD`).
///
/// The sum of user and system time is exact to the kernel's microsecond. The kernel estimates the split between the two
/// from timer ticks, unless it was built to account at every entry (`CONFIG_VIRT_CPU_ACCOUNTING_GEN`). Only sums over
/// many ticks say something about the split.
package struct ThreadUsage: Hashable, Sendable {
  package var userNs: UInt64 = 0
  package var systemNs: UInt64 = 0
  /// Voluntary and involuntary.
  package var contextSwitches: UInt64 = 0

  package init(userNs: UInt64 = 0, systemNs: UInt64 = 0, contextSwitches: UInt64 = 0) {
    self.userNs = userNs
    self.systemNs = systemNs
    self.contextSwitches = contextSwitches
  }

  /// One system call; allocates nothing.
  package static func now() -> ThreadUsage {
    var usage = rusage()
    // Fails only for a bad address.
    _ = clinux_thread_usage(&usage)
    return ThreadUsage(
      userNs: nanoseconds(usage.ru_utime), systemNs: nanoseconds(usage.ru_stime),
      contextSwitches: UInt64(truncatingIfNeeded: usage.ru_nvcsw &+ usage.ru_nivcsw))
  }

  private static func nanoseconds(_ time: timeval) -> UInt64 {
    UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_usec) &* 1000
  }
}
