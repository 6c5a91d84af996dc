import Documents
import Statistics
import Vocabulary

extension CellResult {
  /// Whether half the 95 % interval of the median of every ranking metric is at most `percent` of that median.
  ///
  /// Cells without numbers have nothing to wait for.
  func isPrecise(_ percent: Double) -> Bool {
    guard status == .ok else { return true }
    let counted = TrialSummary.counted(trials)
    let byInstructions = counted.allSatisfy { $0[.nsPerOperation] == nil }
    return Metric.ranking(cell.pattern, byInstructions: byInstructions).allSatisfy { metric in
      let values = counted.compactMap { $0[metric] }
      guard let median = Median.of(values), let interval = MedianInterval.of(values) else { return false }
      return (interval[1] - interval[0]) / 2 <= abs(median) * percent / 100
    }
  }
}
