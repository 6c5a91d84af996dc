package import Documents

/// An explanation with the profiles that it was made from, where they are at hand.
package struct ProfiledExplanation: Sendable {
  package var explanation: Explanation
  /// One for each side, joined; or none.
  package var profiles: [CallProfile]

  /// - Parameter sides: one, or the baseline and the new one.
  package init(_ sides: [CallProfile]) {
    explanation = Explanation(sides)
    profiles = sides.map(\.joined)
  }

  /// - Parameter profiles: those of the explanation's sides, or none.
  package init(_ explanation: Explanation, profiles: [CallProfile] = []) {
    self.explanation = explanation
    self.profiles = profiles.map(\.joined)
  }

  /// The new side, or the only one.
  var last: Explanation.Side { explanation.sides[explanation.sides.count - 1] }

  /// The change of the reported figures; nil for one side.
  var change: Double? {
    guard explanation.sides.count == 2 else { return nil }
    return explanation.sides[1].instructionsPerOperation - explanation.sides[0].instructionsPerOperation
  }

  /// The columns beside instructions that are not zero everywhere.
  var further: [CostColumn] {
    let functions = explanation.sides.flatMap(\.functions)
    return CostColumn.allCases.filter { column in functions.contains { ($0.further[column] ?? 0) != 0 } }
  }

  /// What all functions of each side have in a column.
  func totals(_ column: CostColumn) -> [Double] {
    explanation.sides.map { side in side.functions.reduce(0) { $0 + ($1.further[column] ?? 0) } }
  }
}
