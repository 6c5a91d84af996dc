package import Base

/// One trial of a cell: the measurements of one process, and when in the run they were taken.
package struct TrialRecord: Codable, Hashable, Sendable {
  /// Counts the trials of this cell from 0. The repeat of a disturbed trial has the index of what it repeats.
  package var index: Int
  /// Counts all trials of the run from 0, in the order in which they were started.
  package var order: Int
  /// Set when the machine was seen to disturb the trial, with what was seen; such a trial was repeated.
  @Nullable package var disturbed: String?
  package var measurements: Measurements

  package init(index: Int, order: Int, disturbed: String? = nil, measurements: Measurements) {
    self.index = index
    self.order = order
    self.disturbed = disturbed
    self.measurements = measurements
  }

  private enum CodingKeys: String, CodingKey {
    case index, order, disturbed
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    index = try container.decode(Int.self, forKey: .index)
    order = try container.decode(Int.self, forKey: .order)
    _disturbed = try container.decode(Nullable<String>.self, forKey: .disturbed)
    measurements = try Measurements(from: decoder)
  }

  /// The measurements lie flat beside `index` and `order`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
    try container.encode(order, forKey: .order)
    try container.encode(_disturbed, forKey: .disturbed)
    try measurements.encode(to: encoder)
  }
}
