import Glibc

/// The clock of every timed region.
///
/// `CLOCK_MONOTONIC`, not `CLOCK_MONOTONIC_RAW`: it is read through the vDSO on every architecture and kernel, where
/// the raw clock has been a system call on some; sleeps and io_uring's timeouts count on the same timeline, so intended
/// send times can be compared with it; and what NTP steers (at most 500 ppm) is the same for all modes of a comparison.
package enum Clock {
  /// Nanoseconds since an arbitrary point, never going back (`clock_gettime(2)`).
  @inlinable
  package static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  }
}
