/// What is known about a difference.
package enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
  /// The metric got worse, perhaps by as much as the threshold.
  case worse
  /// The metric got better, perhaps by as much as the threshold.
  case better
  /// The measurements don't decide.
  case undecided
  /// Any difference is smaller than the threshold.
  case same
  /// The cell worked in the baseline, and is unsupported or failed in the new run.
  case lost
  /// One of the two sides has no numbers, for any other reason.
  case missing
}
