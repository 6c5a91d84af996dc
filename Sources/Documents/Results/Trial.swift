import Base
package import Vocabulary

/// One trial of a cell: what came of it, and when in the run it was taken.
package struct Trial: Hashable, Sendable {
  /// Counts the trials of this cell from 0. The repeat of a disturbed trial has the index of what it repeats.
  package var index: Int
  /// Counts all trials of the run from 0, in the order in which they were started.
  package var order: Int
  /// Set when the machine was seen to disturb the trial, with what was seen; such a trial was repeated.
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

/// In the document a trial has numbers: the cell says what came of the others. The numbers lie flat beside `index` and
/// `order`.
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
