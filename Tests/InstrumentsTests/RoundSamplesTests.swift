import Instruments
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
    #expect(summary.syscallNs == 2010.0 / 20)
  }

  @Test func theChoiceIgnoresTheDurations() {
    let slowFirst = samples([(1000, 2000), (1, 3000), (1, 3000)])
    #expect(slowFirst.summary()?.medianNs == 1000)
  }

  @Test func whatIsKnownOfTheCoreGoesBeforeTheTrialsOwnFastest() {
    var samples = RoundSamples(capacity: 1, undisturbedSyscallNs: 100)
    for _ in 0..<7 { samples.append(50, probe: 2000) }
    samples.append(60, probe: 1800)
    for _ in 0..<20 { samples.append(70, probe: 2001) }
    #expect(samples.undisturbed == 8)
    #expect(samples.summary()?.undisturbed == 8)
    #expect(samples.summary()?.medianNs == 50)
  }

  @Test func tooFewUndisturbedRoundsFallBackOnTheFastest() {
    var samples = RoundSamples(capacity: 1, undisturbedSyscallNs: 50)
    samples.append(50, probe: 1000)
    for _ in 0..<4 { samples.append(70, probe: 1040) }
    samples.append(90, probe: 1041)
    #expect(samples.undisturbed == 1)
    #expect(samples.summary()?.medianNs == 70)
    #expect(samples.summary()?.syscallNs == 52)
    #expect(samples.summary()?.undisturbed == 5)
  }

  @Test func roundsWithoutProbesAllCount() {
    #expect(samples([(1, 0), (2, 0), (3, 0)]).summary()?.undisturbed == 3)
  }
}
