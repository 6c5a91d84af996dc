import Base
import Vocabulary

/// The first line of a run's journal: what another process needs to resume the run.
package struct JournalHeader: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.journal/2"

  package var schema: String
  package var tool: Tool
  /// ISO 8601, UTC.
  package var started: String
  /// The arguments that started the run, the program's name first.
  package var command: [String]
  package var host: Host
  package var plan: RunPlan

  package init(tool: Tool, started: String, command: [String], host: Host, plan: RunPlan) {
    self.schema = Self.currentSchema
    self.tool = tool
    self.started = started
    self.command = command
    self.host = host
    self.plan = plan
  }
}

/// Every further line: one finished trial, whatever its outcome.
package struct JournalEntry: Hashable, Sendable {
  /// The index of the cell in the plan.
  package var cell: Int
  package var trial: Trial

  package init(cell: Int, trial: Trial) {
    self.cell = cell
    self.trial = trial
  }
}

extension JournalEntry: Codable {
  private enum CodingKeys: String, CodingKey {
    case cell, index, order, disturbed, outcome
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    cell = try container.decode(Int.self, forKey: .cell)
    trial = Trial(
      index: try container.decode(Int.self, forKey: .index), order: try container.decode(Int.self, forKey: .order),
      disturbed: try container.decodeIfPresent(String.self, forKey: .disturbed),
      outcome: try container.decode(Outcome.self, forKey: .outcome))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cell, forKey: .cell)
    try container.encode(trial.index, forKey: .index)
    try container.encode(trial.order, forKey: .order)
    try container.encode(trial.disturbed, forKey: .disturbed)
    try container.encode(trial.outcome, forKey: .outcome)
  }
}
