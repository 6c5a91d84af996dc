import Base
package import Vocabulary

/// A named set of cells to measure, and how.
package struct Suite: Hashable, Sendable {
  package var name: String
  /// One line for people.
  package var summary: String
  package var groups: [SuiteGroup]
}

/// A cross product of axes, measured alike.
package struct SuiteGroup: Hashable, Sendable {
  package var axes: Axes
  package var trials: Int
  package var length: TrialLength
  /// The file and line of the group.
  package var place: String
  /// Where each axis was given its values, by the axis's name: a file and line, or an option; the group's place for
  /// the others.
  package var origins: [String: String] = [:]

  /// What a message about a value of the axis starts with.
  func origin(_ axis: String) -> String { origins[axis] ?? "\(place): \(axis)" }

  /// A cell of the group that cannot be, at the place of the value to look at.
  func error(_ problem: CellProblem) -> RingbenchError {
    let origins = problem.axes.map { origin($0.name) }
    // What the user has just typed is the first to look at.
    let place = origins.first { $0.hasPrefix("--") } ?? origins[0]
    return RingbenchError.badInput("\(place): \(problem.sentence)")
  }
}
