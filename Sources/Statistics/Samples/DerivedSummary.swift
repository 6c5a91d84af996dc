package import Documents
package import Vocabulary

/// Figures that are made of several metrics of a trial: a median over trials with its interval.
package enum DerivedSummary {
  /// What one event costs, from trials with it and trials without: the extra cost of all messages over the number of
  /// events, for each pair of undisturbed trials of one block.
  ///
  /// - Parameter cost: of one message, in the unit of the result.
  /// - Returns: nil without such pairs.
  package static func extraCost(
    of event: Metric, cost: Metric, with trials: [Trial], without others: [Trial]
  ) -> MetricSummary? {
    let before = Dictionary(
      others.filter { $0.disturbed == nil }.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    let costs = trials.compactMap { trial -> Double? in
      guard trial.disturbed == nil, let plain = before[trial.index]?[cost], let dear = trial[cost],
        let events = trial[event], events > 0, let messages = trial[.operations]
      else { return nil }
      return (dear - plain) * messages / events
    }
    return Median.of(costs).map { MetricSummary(median: $0, ci95: MedianInterval.of(costs), trials: costs.count) }
  }

  /// The sum of some metrics in each trial, over a number of things. Disturbed trials count too: a disturbance takes time,
  /// and changes neither bytes nor turns.
  package static func sum(of metrics: [Metric], _ trials: [Trial], per things: Int) -> MetricSummary? {
    let sums = trials.compactMap { trial -> Double? in
      let parts = metrics.compactMap { trial[$0] }
      return parts.isEmpty ? nil : parts.reduce(0, +) / Double(max(1, things))
    }
    return Median.of(sums).map { MetricSummary(median: $0, ci95: MedianInterval.of(sums), trials: sums.count) }
  }

  /// A metric that is not a time, over all trials.
  package static func summary(of metric: Metric, _ trials: [Trial]) -> MetricSummary? {
    sum(of: [metric], trials, per: 1)
  }
}
