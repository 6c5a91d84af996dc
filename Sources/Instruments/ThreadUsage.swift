import CLinux
import Glibc

/// What the calling thread has used since it began, `getrusage(2)` with `RUSAGE_THREAD`.
package struct ThreadUsage: Hashable, Sendable {
  /// Time in user space and in the kernel. Most kernels see them at ticks only: `splitsTime` says whether they mean
  /// anything for a short region.
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

// MARK: User space and kernel apart

extension ThreadUsage {
  /// How long to try each side, in nanoseconds: a tenth of the shortest tick.
  private static let span: UInt64 = 100_000

  /// Whether the kernel tells user time from kernel time precisely: it does with `CONFIG_VIRT_CPU_ACCOUNTING` in force,
  /// as on the CPUs of `nohz_full`. Otherwise it looks at ticks only, a millisecond or more apart.
  ///
  /// Tries it: takes 0.1 ms where it does not, and 0.6 ms where it does.
  package static func splitsTime() -> Bool {
    (0..<3).allSatisfy { _ in
      isSeen(\.userNs) {} && isSeen(\.systemNs) { _ = getppid() }
    }
  }

  /// Whether most of a short time that is spent in one way is seen as such.
  private static func isSeen(_ time: KeyPath<ThreadUsage, UInt64>, _ spend: () -> Void) -> Bool {
    let (before, start) = (now(), Clock.now())
    while Clock.now() &- start < span { spend() }
    let seen = now()[keyPath: time] &- before[keyPath: time]
    return (span / 2...2 * span).contains(seen)
  }
}
