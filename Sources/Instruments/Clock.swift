public import Glibc

/// The clock of every timed region.
///
/// `CLOCK_MONOTONIC`, not `CLOCK_MONOTONIC_RAW`: wherever a clock is read without a system call (`vdso(7)`), this one
/// is, and the raw one has not always been; sleeps and io_uring's timeouts count on the same timeline, so intended
/// send times can be compared with it; and what NTP steers (at most 500 ppm) is the same for all modes of a comparison.
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
