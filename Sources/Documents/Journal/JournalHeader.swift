package import Base
package import Vocabulary

/// The first line of a run's journal: what is needed to go on with the run from another process.
package struct JournalHeader: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.journal/1"

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

/// Every further line: one finished trial, whatever came of it.
package struct JournalEntry: Codable, Hashable, Sendable {
  /// The index of the cell in the plan.
  package var cell: Int
  /// The trial of the cell, from 0.
  package var index: Int
  /// Counts all trials of the run from 0, in the order in which they were started.
  package var order: Int
  /// Set when the machine disturbed the trial, with what was seen.
  @Nullable package var disturbed: String?
  package var status: CellStatus
  @Nullable package var reason: Reason?
  package var placement: Placement
  @Nullable package var measurements: Measurements?

  package init(
    cell: Int, index: Int, order: Int, disturbed: String?, status: CellStatus, reason: Reason?,
    placement: Placement, measurements: Measurements?
  ) {
    self.cell = cell
    self.index = index
    self.order = order
    self.disturbed = disturbed
    self.status = status
    self.reason = reason
    self.placement = placement
    self.measurements = measurements
  }
}
