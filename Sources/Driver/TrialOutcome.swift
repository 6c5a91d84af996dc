import Results

/// What came of a trial.
struct TrialOutcome: Hashable, Sendable {
  var status: CellStatus
  var reason: Reason?
  var placement = Placement()
  /// Nil unless `status` is `ok`.
  var measurements: Measurements?

  static func failed(_ stage: Stage, _ message: String) -> TrialOutcome {
    TrialOutcome(status: .failed, reason: Reason(stage: stage, message: message))
  }

}
