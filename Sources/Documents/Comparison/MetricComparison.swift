package import Base

/// One metric of one cell, in two samples of trials.
package struct MetricComparison: Codable, Hashable, Sendable {
  /// The medians, in the metric's unit.
  package var baseline: Double
  package var new: Double
  /// The Hodges-Lehmann shift of the metric in percent of the baseline: of pairs where there are pairs, else of the
  /// trials. Null where the baseline is 0.
  @Nullable package var percent: Double?
  /// The 95 % confidence interval of the shift, in percent: the exact interval of the trials, widened by how far the
  /// machine's own speed may have moved between the runs. Null with too few trials.
  @Nullable package var interval: [Double]?
  /// By how many percent the interval was widened on either side.
  package var machinePercent: Double
  /// The two-sided probability that the sides differ this much if only the machine's own speed moved: by signed ranks
  /// of pairs where there are pairs, else by Mann and Whitney's rank sums. Null where all counts of instructions agree.
  @Nullable package var probability: Double?
  /// The same after Holm's correction for the number of cells.
  @Nullable package var adjustedProbability: Double?
  package var verdict: Verdict
  /// Whether this metric decides the verdict on its cell.
  package var isRanking: Bool
  package var isLargerBetter: Bool
  /// How many trials counted.
  package var baselineTrials: Int
  package var newTrials: Int
  /// How many pairs of sessions or of trials were compared; null where there are none.
  @Nullable package var pairs: Int?
  /// How many trials on either side would probably settle an `undecided` verdict. Null for other verdicts, and where no
  /// number would.
  @Nullable package var trialsToDecide: Int?

  private enum CodingKeys: String, CodingKey {
    case baseline, new, percent, verdict, pairs
    case interval = "interval_percent"
    case machinePercent = "machine_percent"
    case probability = "p_value"
    case adjustedProbability = "p_value_adjusted"
    case isRanking = "ranking"
    case isLargerBetter = "larger_is_better"
    case baselineTrials = "baseline_trials"
    case newTrials = "new_trials"
    case trialsToDecide = "trials_to_decide"
  }

  /// `new` minus `baseline`, in the metric's unit.
  package var difference: Double { new - baseline }

  /// By how many percent the metric got worse; negative where it got better.
  package var worsening: Double? { percent.map { isLargerBetter ? -$0 : $0 } }

  package init(
    baseline: Double, new: Double, percent: Double?, interval: [Double]?, machinePercent: Double, probability: Double?,
    adjustedProbability: Double?, verdict: Verdict, isRanking: Bool, isLargerBetter: Bool, baselineTrials: Int,
    newTrials: Int, pairs: Int? = nil, trialsToDecide: Int?
  ) {
    self.baseline = baseline
    self.new = new
    self.percent = percent
    self.interval = interval
    self.machinePercent = machinePercent
    self.probability = probability
    self.adjustedProbability = adjustedProbability
    self.verdict = verdict
    self.isRanking = isRanking
    self.isLargerBetter = isLargerBetter
    self.baselineTrials = baselineTrials
    self.newTrials = newTrials
    self.pairs = pairs
    self.trialsToDecide = trialsToDecide
  }
}
