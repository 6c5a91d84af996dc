package import Documents
package import Vocabulary

extension Measurements {
  /// The number of a metric that a test expects to be there; not a number where it is not.
  package func number(_ metric: Metric) -> Double { self[metric] ?? .nan }

  /// A whole number that a test expects to be there; -1 where it is not.
  package func count(_ metric: Metric) -> Int { whole(metric) ?? -1 }
}
