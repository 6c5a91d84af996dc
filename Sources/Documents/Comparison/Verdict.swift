/// What is known of a difference.
package enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
  /// There is a difference for the worse, and it may well be as large as the threshold.
  case worse
  /// There is a difference for the better, and it may well be as large as the threshold.
  case better
  /// What was measured leaves both open.
  case undecided
  /// Whatever difference there is, it is smaller than the threshold.
  case same
  /// One of the two has no numbers.
  case missing
}
