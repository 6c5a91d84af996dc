import Documents
import Statistics
import TestSupport
import Testing
import Vocabulary

@Suite struct PairedRatioTests {
  @Test func pairsTrialsByIndex() {
    let reference = Sample.trials([100, 200, 400])
    let swift = Array(Sample.trials([102, 206, 404]).reversed())
    let summary = PairedRatio.summary(of: .nsPerOperation, swift, to: reference)
    #expect(summary == MetricSummary(median: 1.02, ci95: nil, trials: 3))
  }

  @Test func leavesOutPairsWithADisturbedTrial() {
    var reference = Sample.trials([100, 100])
    reference[1].disturbed = "stolen"
    #expect(PairedRatio.ratios(of: .nsPerOperation, Sample.trials([101, 300]), to: reference) == [1.01])
  }

  @Test func withoutPairsThereIsNoRatio() {
    #expect(PairedRatio.summary(of: .nsPerOperation, [], to: Sample.trials([100])) == nil)
  }
}
