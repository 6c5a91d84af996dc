package import Documents
import Vocabulary

/// Two cells of one run whose costs are compared to answer a question.
package struct AskedPair: Sendable {
  package var baseline: CellResult
  package var new: CellResult
  /// Percent: a smaller difference counts as none.
  package var enough: Double

  package init(baseline: CellResult, new: CellResult, enough: Double) {
    (self.baseline, self.new, self.enough) = (baseline, new, enough)
  }

  /// The verdicts on all pairs of an answer, as of one family: the chance of even one false word among them is
  /// `DecisionRule.level`. Nil for a pair of which a side has no numbers.
  package static func judged(_ pairs: [AskedPair], on host: Host) -> [MetricComparison?] {
    let design: ComparisonDesign = host.deterministic ? .exact : .blocks
    let measuring = PairMeasuring(
      design: design, byInstructions: host.countsInstructions, isSameKernel: true, floor: nil)
    let shifts = pairs.map { $0.shift(measuring) }
    let places = shifts.indices.filter { shifts[$0]?.probability != nil }
    let corrected = Holm.adjusted(places.map { shifts[$0]?.probability ?? 1 })
    let adjusted = Dictionary(uniqueKeysWithValues: zip(places, corrected))
    return pairs.indices.map { index in
      shifts[index].map { shift in
        ComparisonJudge(design: design, isOfTwoRuns: false, threshold: pairs[index].enough).judged(
          shift, adjusted[index],
          DecisionRule(design: design, threshold: pairs[index].enough, family: max(1, places.count)))
      }
    }
  }

  private func shift(_ measuring: PairMeasuring) -> PairMeasuring.Shift? {
    guard baseline.status == .ok, new.status == .ok else { return nil }
    let pair = CellPair(baseline: CellSamples(baseline), new: CellSamples(new))
    let metric = measuring.byInstructions ? .instructionsPerOperation : Metric.cost(new.cell.pattern)
    return measuring.shifts(pair).first { $0.metric == metric }
  }
}
