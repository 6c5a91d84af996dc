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

  /// What was seen of a disturbance, or nil: the hypervisor took more than `limit` of the worker's CPU time.
  func disturbance(limit: Double = 0.05) -> String? {
    guard let measurements, measurements.stealFraction > limit else { return nil }
    return "\(Decimals.text(measurements.stealFraction * 100, 1)) % of the CPU time was stolen"
  }
}
