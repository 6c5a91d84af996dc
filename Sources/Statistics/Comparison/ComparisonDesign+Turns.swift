package import Documents
package import Vocabulary

extension ComparisonDesign {
  /// Even few cells get this many turns: an interval needs six, and a tenth that disagrees must not spoil the verdict.
  private static let fewestTurns = 11
  /// Turns beyond the fewest that can decide.
  private static let reserve = 2

  /// How many turns a comparison of cells with these patterns takes.
  package static func usualTurns(_ patterns: [Pattern]) -> Int {
    let family = patterns.reduce(0) { $0 + Metric.ranking($1, byInstructions: false).count }
    let rule = DecisionRule(design: .turns, threshold: 0, family: max(1, family))
    return max(fewestTurns, rule.fewest + reserve)
  }
}
