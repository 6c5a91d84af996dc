package import Vocabulary

/// The one JSON document that a workload executable prints in answer to its options.
package struct TrialReply: Hashable, Sendable {
  package static let currentSchema = "ringbench.trial/1"

  package var schema = currentSchema
  package var cell: Cell
  package var outcome: Outcome

  package init(cell: Cell, outcome: Outcome) {
    self.cell = cell
    self.outcome = outcome
  }

  package var status: CellStatus { outcome.status }
  package var reason: Reason? { outcome.reason }
  package var measurements: Measurements? { outcome.measurements }
}

/// The outcome lies flat beside the cell.
extension TrialReply: Codable {
  private enum CodingKeys: String, CodingKey {
    case schema, cell
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    schema = try container.decode(String.self, forKey: .schema)
    cell = try container.decode(Cell.self, forKey: .cell)
    outcome = try Outcome(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(cell, forKey: .cell)
    try outcome.encode(to: encoder)
  }
}
