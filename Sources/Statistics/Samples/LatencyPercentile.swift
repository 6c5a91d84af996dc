package import Documents
import Histogram

/// A percentile of latency over all trials of a cell.
package struct LatencyPercentile: Sendable {
  /// The key in the summary, with its unit.
  package var name: String
  /// 0...100.
  package var percentile: Double

  package static let all = [
    LatencyPercentile(name: "latency_ns_p50", percentile: 50),
    LatencyPercentile(name: "latency_ns_p90", percentile: 90),
    LatencyPercentile(name: "latency_ns_p99", percentile: 99),
    LatencyPercentile(name: "latency_ns_p99_9", percentile: 99.9),
  ]

  /// Percentiles of the counts of all trials added up, by the name of the percentile; empty without any counts.
  ///
  /// Percentiles of single trials are not averaged: that has no meaning for a distribution.
  package static func merged(_ counts: [HistogramCounts]) -> [String: Double] {
    guard let digits = counts.map(\.significantDigits).min() else { return [:] }
    var histogram = Histogram<UInt64>(
      numberOfSignificantValueDigits: SignificantDigits(rawValue: Int8(clamping: digits)) ?? .three)
    for trial in counts {
      for (value, count) in zip(trial.values, trial.counts) { _ = histogram.record(value, count: count) }
    }
    guard histogram.totalCount > 0 else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: all.map { ($0.name, Double(histogram.valueAtPercentile($0.percentile))) })
  }
}
