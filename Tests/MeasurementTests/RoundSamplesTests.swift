import Measurement
import Testing

@Suite struct RoundSamplesTests {
  private func samples(_ rounds: [(time: UInt64, probe: UInt64)]) -> RoundSamples {
    var samples = RoundSamples(capacity: 1)
    for round in rounds { samples.append(round.time, probe: round.probe) }
    return samples
  }

  @Test func noRoundsHaveNoMedian() {
    #expect(samples([]).summary() == nil)
  }

  @Test(arguments: [([5], 5.0), ([1, 9], 5.0), ([9, 1, 2], 2.0), ([4, 1, 2, 9], 3.0)])
  func mediansOfEvenAndOddCounts(times: [UInt64], median: Double) {
    #expect(samples(times.map { ($0, 2000) }).summary()?.medianNs == median)
  }

  @Test func roundsOnASlowerCoreDoNotCount() throws {
    let mixed = samples([(100, 2000), (130, 2600), (102, 2010), (90, 2600), (104, 2079), (500, 2081)])
    let summary = try #require(mixed.summary())
    #expect(summary.medianNs == 102)
    #expect(summary.undisturbed == 3)
    #expect(summary.cycleNs == 2010.0 / 8000)
  }

  @Test func theChoiceIgnoresTheDurations() {
    let slowFirst = samples([(1000, 2000), (1, 3000), (1, 3000)])
    #expect(slowFirst.summary()?.medianNs == 1000)
  }

  @Test func roundsWithoutProbesAllCount() {
    #expect(samples([(1, 0), (2, 0), (3, 0)]).summary()?.undisturbed == 3)
  }
}
