package import Documents
package import Vocabulary

/// Compares two cells whose trials ran side by side: the ratio of each pair, then the median of the ratios.
///
/// A change that affects both trials of a pair alike, such as a change of clock frequency, cancels out.
package enum PairedRatio {
  /// Ratios of `numerator` to `denominator` for the undisturbed trials with the same index.
  package static func ratios(
    of metric: Metric, _ numerator: [Trial], to denominator: [Trial]
  ) -> [Double] {
    let (above, below) = (values(of: metric, numerator), values(of: metric, denominator))
    return above.keys.sorted().compactMap { index in
      guard let top = above[index], let bottom = below[index], bottom > 0 else { return nil }
      return top / bottom
    }
  }

  /// The median ratio with its interval; nil when the cells share no undisturbed trial.
  package static func summary(
    of metric: Metric, _ numerator: [Trial], to denominator: [Trial]
  ) -> MetricSummary? {
    let ratios = ratios(of: metric, numerator, to: denominator)
    return Median.of(ratios).map {
      MetricSummary(median: $0, ci95: MedianInterval.of(ratios), trials: ratios.count)
    }
  }

  private static func values(of metric: Metric, _ trials: [Trial]) -> [Int: Double] {
    var values: [Int: Double] = [:]
    for trial in trials where trial.disturbed == nil { values[trial.index] = trial[metric] }
    return values
  }
}
