package import Documents
package import Histogram
import Vocabulary

/// Latency over all trials of a cell.
package enum MergedLatency {
  /// The counts of all trials added up; nil without any counts.
  package static func histogram(_ counts: [HistogramCounts]) -> Histogram<UInt64>? {
    guard let digits = counts.map(\.significantDigits).min() else { return nil }
    var histogram = Histogram<UInt64>(
      numberOfSignificantValueDigits: SignificantDigits(rawValue: Int8(clamping: digits)) ?? .three)
    for trial in counts {
      for (value, count) in zip(trial.values, trial.counts) { _ = histogram.record(value, count: count) }
    }
    return histogram.totalCount > 0 ? histogram : nil
  }

  /// Percentiles of the merged counts; empty without any counts.
  ///
  /// Percentiles of single trials are not averaged: that has no meaning for a distribution.
  static func percentiles(_ counts: [HistogramCounts]) -> [Metric: Double] {
    guard let histogram = histogram(counts) else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: Metric.percentiles.map {
        ($0, Double(histogram.valueAtPercentile($0.percentile ?? 0)))
      })
  }
}
