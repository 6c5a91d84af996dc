import Documents
import Histogram
import Vocabulary

/// Latency over all trials of a cell.
enum MergedLatency {
  /// Percentiles of the counts of all trials added up; empty without any counts.
  ///
  /// Percentiles of single trials are not averaged: that has no meaning for a distribution.
  static func percentiles(_ counts: [HistogramCounts]) -> [Metric: Double] {
    guard let digits = counts.map(\.significantDigits).min() else { return [:] }
    var histogram = Histogram<UInt64>(
      numberOfSignificantValueDigits: SignificantDigits(rawValue: Int8(clamping: digits)) ?? .three)
    for trial in counts {
      for (value, count) in zip(trial.values, trial.counts) { _ = histogram.record(value, count: count) }
    }
    guard histogram.totalCount > 0 else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: Metric.percentiles.map {
        ($0, Double(histogram.valueAtPercentile($0.percentile ?? 0)))
      })
  }
}
