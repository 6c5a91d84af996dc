/// What makes a cell impossible whatever the machine: bad input, not a result.
package struct CellProblem: Error, Hashable, Sendable {
  /// The axes whose values don't fit each other; the one that is most likely to be wrong first.
  package let axes: [CellAxis]
  /// The value, and what would be right.
  package let sentence: String

  init(_ axes: CellAxis..., sentence: String) {
    self.axes = axes
    self.sentence = sentence
  }
}
