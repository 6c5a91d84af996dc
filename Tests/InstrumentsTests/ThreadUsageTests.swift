import Glibc
import Instruments
import Testing

@Suite struct ThreadUsageTests {
  @Test func loadIsCounted() {
    var accumulator = ThreadUsageAccumulator()
    let start = ThreadUsage.now()
    var end = start
    // Waits until the kernel has seen this thread run. There is no deadline that a busy machine could miss.
    while end.userNs + end.systemNs == start.userNs + start.systemNs { end = ThreadUsage.now() }
    accumulator.add(from: start, to: end)
    #expect(accumulator.total.userNs + accumulator.total.systemNs > 0)
  }

  /// The scheduler's count sees every microsecond, and never more than passed.
  @Test func theThreadClockCountsWhatPassed() {
    let (start, cpuStart) = (Clock.now(), ThreadClock.now())
    while ThreadClock.now() - cpuStart < 200_000 {}
    #expect(Clock.now() - start >= 200_000)
    let before = ThreadClock.now()
    usleep(2000)
    #expect(ThreadClock.now() - before < 2_000_000)
  }

  @Test func givingUpTheProcessorIsAContextSwitch() {
    var accumulator = ThreadUsageAccumulator()
    let start = ThreadUsage.now()
    for _ in 0..<5 { usleep(1) }
    accumulator.add(from: start, to: ThreadUsage.now())
    #expect(accumulator.total.contextSwitches >= 5)
  }

  @Test func onlyDifferencesAddUp() {
    var accumulator = ThreadUsageAccumulator()
    accumulator.add(
      from: ThreadUsage(userNs: 100, systemNs: 10, contextSwitches: 1),
      to: ThreadUsage(userNs: 150, systemNs: 30, contextSwitches: 4))
    accumulator.add(
      from: ThreadUsage(userNs: 1000, systemNs: 100, contextSwitches: 9),
      to: ThreadUsage(userNs: 1001, systemNs: 90, contextSwitches: 9))
    #expect(accumulator.total == ThreadUsage(userNs: 51, systemNs: 20, contextSwitches: 3))
  }
}
