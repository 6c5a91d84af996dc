import Documents
import Vocabulary

/// Turns the shifts of all pairs into verdicts, after correcting the probabilities for their number.
struct ComparisonJudge: Sendable {
  let design: ComparisonDesign
  /// Whether a cell without numbers may have lost them: within one run, modes differ in what they can do.
  let isOfTwoRuns: Bool
  /// Percent.
  let threshold: Double

  func cells(_ pairs: [CellPair], _ measuring: PairMeasuring) -> (
    cells: [CellComparison], warnings: [ComparisonWarning]
  ) {
    let shifts = pairs.map { Self.hasNumbers($0) ? measuring.shifts($0) : [] }
    let adjusted = adjustments(shifts)
    let cells = pairs.indices.map { index in
      cell(pairs[index], zip(shifts[index], adjusted.probabilities[index]).map { ($0, $1) }, adjusted.rules)
    }
    return (cells, warnings(shifts, adjusted.rules[Self.rankingFamily]))
  }

  private static func hasNumbers(_ pair: CellPair) -> Bool { pair.baseline.status == .ok && pair.new.status == .ok }

  /// The corrected probability of each shift, and the rule of each metric. All ranking metrics together are one family.
  /// Each other metric is for information only and is a family of its own.
  private func adjustments(
    _ shifts: [[PairMeasuring.Shift]]
  ) -> (probabilities: [[Double?]], rules: [String: DecisionRule]) {
    var families: [String: [(pair: Int, shift: Int)]] = [:]
    for (pair, list) in shifts.enumerated() {
      for (index, shift) in list.enumerated() where shift.probability != nil {
        families[Self.family(shift), default: []].append((pair, index))
      }
    }
    var probabilities = shifts.map { $0.map { _ in Double?.none } }
    for members in families.values {
      let adjusted = Holm.adjusted(members.map { shifts[$0.pair][$0.shift].probability ?? 1 })
      for (member, value) in zip(members, adjusted) { probabilities[member.pair][member.shift] = value }
    }
    return (probabilities, families.mapValues { DecisionRule(design: design, threshold: threshold, family: $0.count) })
  }

  private static let rankingFamily = "ranking"

  private static func family(_ shift: PairMeasuring.Shift) -> String {
    shift.isRanking ? rankingFamily : shift.metric.rawValue
  }

  private func cell(
    _ pair: CellPair, _ shifts: [(PairMeasuring.Shift, Double?)], _ rules: [String: DecisionRule]
  ) -> CellComparison {
    var metrics: [String: MetricComparison] = [:]
    for (shift, adjusted) in shifts {
      metrics[shift.metric.rawValue] = judged(shift, adjusted, rules[Self.family(shift)])
    }
    let verdicts = metrics.values.filter(\.isRanking).map(\.verdict)
    let verdict = isLost(pair) ? .lost : CellComparison.verdict(verdicts)
    return CellComparison(
      cell: pair.new.cell.id, baselineCell: pair.baseline.cell.id, baselineStatus: pair.baseline.status,
      newStatus: pair.new.status, verdict: verdict,
      remark: metrics.isEmpty ? Self.missing(pair) : nil, metrics: metrics, axes: pair.new.cell)
  }

  /// Whether a cell worked before and does not work now.
  private func isLost(_ pair: CellPair) -> Bool {
    isOfTwoRuns && pair.baseline.status == .ok && pair.new.status != .ok
  }

  /// The verdict on one shift.
  func judged(
    _ shift: PairMeasuring.Shift, _ adjusted: Double?, _ rule: DecisionRule?
  ) -> MetricComparison {
    let isLargerBetter = shift.metric.isLargerBetter
    var result = MetricComparison(
      baseline: shift.baseline, new: shift.new, percent: shift.percent, interval: shift.interval,
      machinePercent: shift.machine, probability: shift.probability, adjustedProbability: adjusted, verdict: .undecided,
      isRanking: shift.isRanking, isLargerBetter: isLargerBetter, baselineTrials: shift.trials.baseline,
      newTrials: shift.trials.new, pairs: shift.pairs, trialsToDecide: nil)
    let worsening = shift.interval.map { isLargerBetter ? [-$0[1], -$0[0]] : $0 }
    let worsens = shift.new == shift.baseline ? nil : (shift.new > shift.baseline) != isLargerBetter
    if design == .exact, shift.probability == nil {
      result.verdict = worsening.map { ExactRange.verdict($0, threshold: threshold) } ?? .undecided
    } else if let rule, let adjusted {
      result.verdict = rule.verdict(interval: worsening, adjustedProbability: adjusted, worsens: worsens)
      if result.verdict == .undecided {
        result.trialsToDecide = rule.trialsToDecide(
          percent: shift.percent, interval: shift.interval,
          trials: shift.pairs ?? min(shift.trials.baseline, shift.trials.new))
      }
    }
    return result
  }

  /// Why a pair has no numbers.
  private static func missing(_ pair: CellPair) -> String {
    let reasons = [("baseline", pair.baseline), ("new", pair.new)].compactMap { name, cell in
      cell.reason.map { "\(name) \(cell.status.rawValue): \($0.stage.rawValue): \($0.errno ?? $0.message)" }
    }
    return reasons.isEmpty ? "no trial has a value to compare" : reasons.joined(separator: "; ")
  }
}
