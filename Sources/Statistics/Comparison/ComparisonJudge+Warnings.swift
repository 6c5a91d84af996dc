import Base
import Documents

extension ComparisonJudge {
  /// A difference in speed above this many percent is worth a warning.
  private static let notableSpeed = 1.0

  /// The warnings that the trials themselves call for.
  func warnings(_ shifts: [[PairMeasuring.Shift]], _ rule: DecisionRule?) -> [ComparisonWarning] {
    let ranking = shifts.joined().filter(\.isRanking)
    return isExact ? exactWarnings(ranking) : hostWarnings(ranking, rule)
  }

  private func exactWarnings(_ ranking: [PairMeasuring.Shift]) -> [ComparisonWarning] {
    let count = ranking.count { $0.interval.map { $0[0] != $0[1] } ?? false }
    guard count > 0 else { return [] }
    let text =
      "\(Plural.text(count, "cell has", "cells have")) trials that are not equal, though the runs are deterministic"
    return [ComparisonWarning(kind: .notConstant, message: text)]
  }

  private func hostWarnings(_ ranking: [PairMeasuring.Shift], _ rule: DecisionRule?) -> [ComparisonWarning] {
    var warnings: [ComparisonWarning] = []
    if let rule {
      let few = ranking.count { min($0.trials.baseline, $0.trials.new) < rule.fewestTrials }
      let text =
        "\(few) of \(Plural.text(ranking.count, "comparison", "comparisons")) have too few undisturbed trials to be "
        + "called worse or better: among so many, \(rule.fewestTrials) on either side are needed"
      if few > 0 { warnings.append(ComparisonWarning(kind: .tooFewTrials, message: text)) }
    }
    if let speed = ranking.map(\.speed).max(), speed > Self.notableSpeed {
      let text =
        "the core's speed differed by up to \(Decimals.shortest(speed, upTo: 1)) % between the two sides: intervals are wider by that"
      warnings.append(ComparisonWarning(kind: .machineSpeed, message: text))
    }
    return warnings
  }
}
