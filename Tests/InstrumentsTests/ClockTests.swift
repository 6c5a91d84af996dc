import Glibc
import Instruments
import Testing

@Suite struct ClockTests {
  @Test func itIsTheMonotonicClock() {
    var before = timespec()
    clock_gettime(CLOCK_MONOTONIC, &before)
    let now = Clock.now()
    var after = timespec()
    clock_gettime(CLOCK_MONOTONIC, &after)
    #expect(nanoseconds(before) <= now && now <= nanoseconds(after))
  }

  private func nanoseconds(_ time: timespec) -> UInt64 {
    UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
