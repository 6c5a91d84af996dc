import Base
package import Vocabulary

/// One trial of a cell: its outcome, and its place in the run.
package struct Trial: Hashable, Sendable {
  /// Counts the trials of this cell from 0. The repeat of a disturbed trial has that trial's index.
  package var index: Int
  /// Counts all trials of the run from 0, in the order in which they were started.
  package var order: Int
  /// What disturbed the trial; nil for an undisturbed one. Disturbed trials are repeated.
  package var disturbed: String?
  package var outcome: Outcome

  package init(index: Int, order: Int, disturbed: String? = nil, outcome: Outcome) {
    self.index = index
    self.order = order
    self.disturbed = disturbed
    self.outcome = outcome
  }

  package var measurements: Measurements? { outcome.measurements }

  /// The number of a metric; nil where the trial has none.
  package subscript(metric: Metric) -> Double? { outcome.measurements?[metric] }
}

/// The document holds only trials with numbers; the cell's status covers the others. The numbers lie flat beside
/// `index` and `order`.
extension Trial: Codable {
  enum CodingKeys: String, CodingKey {
    case index, order, disturbed
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      index: try container.decode(Int.self, forKey: .index), order: try container.decode(Int.self, forKey: .order),
      disturbed: try container.decodeIfPresent(String.self, forKey: .disturbed),
      outcome: .ok(try Measurements(from: decoder)))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
    try container.encode(order, forKey: .order)
    try container.encode(disturbed, forKey: .disturbed)
    try outcome.measurements?.encode(to: encoder)
  }
}
