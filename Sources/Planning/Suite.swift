import Base
package import Vocabulary

/// A named set of cells to measure, and how.
package struct Suite: Hashable, Sendable {
  package var name: String
  /// One line for people.
  package var summary: String
  package var groups: [SuiteGroup]
  /// What the suite answers; nil for one that only measures.
  package var question: SuiteQuestion?
  /// Which memory nodes it measures; nil for the usual ones.
  package var placement: PlacementChoice?
}

/// A cross product of axes whose cells are measured alike.
package struct SuiteGroup: Hashable, Sendable {
  package var axes: Axes
  package var trials: Int
  package var length: TrialLength
  /// The file and line of the group.
  package var place: String
  /// Where each axis got its values, by the axis's name: a file and line, or an option. Missing axes have the group's
  /// place.
  package var origins: [String: String] = [:]

  /// What a message about a value of the axis starts with.
  func origin(_ axis: String) -> String { origins[axis] ?? "\(place): \(axis)" }

  /// The error for an impossible cell of the group, with the place of the value to look at.
  func error(_ problem: CellProblem) -> RingbenchError {
    let origins = problem.axes.map { origin($0.name) }
    // Options come first: the user has just typed them.
    let place = origins.first { $0.hasPrefix("--") } ?? origins[0]
    return RingbenchError.badInput("\(place): \(problem.sentence)")
  }
}
