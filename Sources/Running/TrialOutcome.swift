package import Documents
package import Vocabulary

/// What came of a trial.
package struct TrialOutcome: Hashable, Sendable {
  package var status: CellStatus
  package var reason: Reason?
  package var placement: Placement
  /// Nil unless `status` is `ok`.
  package var measurements: Measurements?

  package init(
    status: CellStatus, reason: Reason? = nil, placement: Placement = Placement(), measurements: Measurements? = nil
  ) {
    self.status = status
    self.reason = reason
    self.placement = placement
    self.measurements = measurements
  }

  static func failed(_ stage: Stage, _ message: String) -> TrialOutcome {
    TrialOutcome(status: .failed, reason: Reason(stage: stage, message: message))
  }

}
