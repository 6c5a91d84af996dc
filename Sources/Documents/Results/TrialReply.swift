package import Base
package import Vocabulary

/// The one JSON document that a workload executable prints: its answer to the options it was given.
package struct TrialReply: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.trial/1"

  package var schema: String
  package var cell: Cell
  package var status: CellStatus
  @Nullable package var reason: Reason?
  package var placement: Placement
  /// Null unless `status` is `ok`.
  @Nullable package var measurements: Measurements?

  package init(
    cell: Cell, status: CellStatus, reason: Reason?, placement: Placement, measurements: Measurements?
  ) {
    self.schema = Self.currentSchema
    self.cell = cell
    self.status = status
    self.reason = reason
    self.placement = placement
    self.measurements = measurements
  }
}
