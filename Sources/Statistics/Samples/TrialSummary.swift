package import Documents
import Vocabulary

/// The summary of a cell's trials.
package enum TrialSummary {
  /// The trials that a summary counts: the undisturbed trials.
  ///
  /// If every trial of a cell was disturbed in spite of the repeats, all of them count: the numbers are shown with that
  /// remark instead of being left out.
  package static func counted(_ trials: [Trial]) -> [Trial] {
    let undisturbed = trials.filter { $0.disturbed == nil }
    return undisturbed.isEmpty ? trials : undisturbed
  }

  /// Every metric that the trials have, by name: its median, and the 95 % interval where there are enough trials.
  ///
  /// Latency percentiles are read off the merged counts of all trials: `median` is then the percentile itself, which
  /// has no interval.
  package static func of(_ trials: [Trial]) -> [String: MetricSummary] {
    let counted = counted(trials)
    var summary: [String: MetricSummary] = [:]
    for metric in Metric.summarised {
      let values = counted.compactMap { $0[metric] }
      guard let median = Median.of(values) else { continue }
      summary[metric.rawValue] = MetricSummary(median: median, ci95: MedianInterval.of(values), trials: values.count)
    }
    let histograms = counted.compactMap { $0.measurements?.latency?.histogram }
    for (metric, value) in MergedLatency.percentiles(histograms) {
      summary[metric.rawValue] = MetricSummary(median: value, ci95: nil, trials: histograms.count)
    }
    return summary
  }
}
