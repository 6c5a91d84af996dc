package import Documents
import Histogram

extension Latency {
  /// One distribution out of several, as if all values had been recorded in one histogram: percentiles come from the
  /// added counts, never from percentiles.
  ///
  /// - Returns: nil when there is nothing to merge, or when the parts keep different numbers of digits.
  package static func merged(_ parts: [Latency]) -> Latency? {
    guard let counts = HistogramCounts.merged(parts.map(\.histogram)) else { return nil }
    let exactMaximum = parts.lazy.map(\.max).max() ?? 0
    guard let histogram = Histogram(counts, maximum: exactMaximum), var merged = Latency(histogram) else { return nil }
    merged.min = parts.lazy.map(\.min).min() ?? merged.min
    return merged
  }

  init?(_ histogram: Histogram<UInt64>) {
    guard histogram.totalCount > 0 else { return nil }
    self.init(
      min: histogram.min, p50: histogram.valueAtPercentile(50), p90: histogram.valueAtPercentile(90),
      p99: histogram.valueAtPercentile(99), p999: histogram.valueAtPercentile(99.9), max: histogram.maxRecorded,
      count: histogram.totalCount, histogram: HistogramCounts(histogram))
  }
}
