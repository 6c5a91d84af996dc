package import Documents
package import Vocabulary

extension Measurements {
  /// The number of a metric that a test expects; NaN if it is missing.
  package func number(_ metric: Metric) -> Double { self[metric] ?? .nan }

  /// A whole number that a test expects; -1 if it is missing.
  package func count(_ metric: Metric) -> Int { whole(metric) ?? -1 }
}
