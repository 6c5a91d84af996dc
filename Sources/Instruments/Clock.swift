public import Glibc

/// The clock of every timed region.
///
/// It is `CLOCK_MONOTONIC`, not `CLOCK_MONOTONIC_RAW`, for three reasons. Wherever a clock can be read without a system
/// call (`vdso(7)`), this clock can; the raw clock could not always. Sleeps and io_uring's timeouts use the same
/// timeline, so intended send times can be compared with it. NTP's steering (at most 500 ppm) is the same for all modes
/// of a comparison.
// Without `@usableFromInline` on the type, its `@inlinable package` members stay calls in other modules (Swift 6.3).
@usableFromInline package enum Clock {
  /// Nanoseconds since an arbitrary point, never going back (`clock_gettime(2)`).
  @inlinable
  package static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  }
}

/// The CPU time of the calling thread.
package enum ThreadClock {
  /// Nanoseconds that the thread has run for (`CLOCK_THREAD_CPUTIME_ID`, `clock_gettime(2)`). The scheduler's own
  /// count: precise on every kernel, unlike `getrusage(2)`. One system call.
  package static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  }
}

/// The kernel's timer tick.
package enum TickClock {
  /// The time of the last tick (`CLOCK_MONOTONIC_COARSE`, `clock_gettime(2)`), in nanoseconds. It stands still from one
  /// tick to the next, so two different readings have a tick between them. No system call.
  package static func last() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  }
}
