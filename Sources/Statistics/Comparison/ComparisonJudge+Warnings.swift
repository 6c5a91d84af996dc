import Base
import Documents

extension ComparisonJudge {
  /// A difference in speed above this many percent is worth a warning.
  private static let notableSpeed = 1.0

  /// The warnings that the trials themselves call for.
  func warnings(_ shifts: [[PairMeasuring.Shift]], _ rule: DecisionRule?) -> [ComparisonWarning] {
    let ranking = shifts.joined().filter(\.isRanking)
    return design == .exact ? exactWarnings(ranking) : hostWarnings(ranking, rule)
  }

  private func exactWarnings(_ ranking: [PairMeasuring.Shift]) -> [ComparisonWarning] {
    let count = ranking.count { $0.interval.map { $0[0] != $0[1] } ?? true }
    guard count > 0 else { return [] }
    let text =
      "\(Plural.text(count, "cell takes", "cells take")) more or fewer instructions in another state of the kernel's "
      + "allocator: each is judged by all states that were tried"
    return [ComparisonWarning(kind: .notConstant, message: text)]
  }

  private func hostWarnings(_ ranking: [PairMeasuring.Shift], _ rule: DecisionRule?) -> [ComparisonWarning] {
    var warnings: [ComparisonWarning] = []
    if let rule {
      let few = ranking.count { ($0.pairs ?? min($0.trials.baseline, $0.trials.new)) < rule.fewest }
      let text =
        "\(few) of \(Plural.text(ranking.count, "comparison", "comparisons")) have too few undisturbed "
        + "\(design.counted) to be called worse or better: among so many, \(rule.fewest) are needed"
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

extension ComparisonDesign {
  /// What the test counts.
  var counted: String {
    switch self {
    case .turns: "sessions on either side"
    case .blocks: "pairs of trials"
    case .runs: "runs on either side"
    case .exact, .sequence: "trials on either side"
    }
  }
}
