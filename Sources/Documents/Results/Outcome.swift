package import Base
package import Vocabulary

/// The result of measuring a cell once. It goes from the workload executable's reply to the journal and the document.
package struct Outcome: Codable, Hashable, Sendable {
  package var status: CellStatus
  /// Null where `status` is `ok`.
  @Nullable package var reason: Reason?
  package var placement: Placement
  /// Null unless `status` is `ok`.
  @Nullable package var measurements: Measurements?

  package init(
    status: CellStatus, reason: Reason? = nil, placement: Placement = Placement(), measurements: Measurements? = nil
  ) {
    self.status = status
    self.reason = reason
    self.placement = placement
    self.measurements = measurements
  }

  /// A trial that went well.
  package static func ok(_ measurements: Measurements, _ placement: Placement = Placement()) -> Outcome {
    Outcome(status: .ok, placement: placement, measurements: measurements)
  }

  /// A trial that should have worked and did not.
  package static func failed(_ stage: Stage, _ message: String) -> Outcome {
    Outcome(status: .failed, reason: Reason(stage: stage, message: message))
  }
}
