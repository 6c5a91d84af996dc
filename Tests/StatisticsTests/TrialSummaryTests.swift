import Documents
import Statistics
import TestSupport
import Testing

@Suite struct TrialSummaryTests {
  @Test func hasMedianIntervalAndCount() {
    let summary = TrialSummary.of(Sample.trials([606, 601, 602, 603, 604, 605]))
    #expect(summary["ns_per_operation"] == MetricSummary(median: 603.5, ci95: [601, 606], trials: 6))
    #expect(summary["enters_per_operation"]?.median == 0.015625)
  }

  @Test func leavesOutWhatTrialsDoNotHave() {
    let summary = TrialSummary.of(Sample.trials([600, 601]))
    #expect(summary["instructions_per_operation"] == nil)
    #expect(summary["latency_ns_p50"] == nil)
    #expect(summary["ns_per_operation"]?.ci95 == nil)
  }

  @Test func disturbedTrialsDoNotCount() {
    var trials = Sample.trials([600, 900, 602])
    trials[1].disturbed = "stolen"
    #expect(TrialSummary.of(trials)["ns_per_operation"] == MetricSummary(median: 601, ci95: nil, trials: 2))
  }

  @Test func disturbedTrialsCountWhereThereAreNoOthers() {
    var trials = Sample.trials([900])
    trials[0].disturbed = "stolen"
    #expect(TrialSummary.of(trials)["ns_per_operation"]?.median == 900)
  }

  /// 99 fast messages in one trial and 1 slow in the other: the mean of the medians would be far off.
  @Test func percentilesAreOfTheMergedCounts() {
    let fast = Sample.trials([600], latency: Sample.latency(values: [1000], counts: [99]))
    let slow = Sample.trials([600], latency: Sample.latency(values: [100_000], counts: [1]))
    let summary = TrialSummary.of(fast + slow)
    #expect(summary["latency_ns_p50"] == MetricSummary(median: 1000, ci95: nil, trials: 2))
    #expect(summary["latency_ns_p99"]?.median == 1000)
    let last = summary["latency_ns_p99_9"]?.median ?? 0
    #expect(abs(last - 100_000) <= 100)
  }
}
