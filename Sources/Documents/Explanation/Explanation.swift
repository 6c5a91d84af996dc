package import Base

/// `explanation.json`: which functions an operation's instructions are made of, and which make the difference between
/// two sides. All figures are per operation.
package struct Explanation: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.explanation/1"

  package struct Function: Hashable, Sendable {
    package var name: String
    package var own: Double
    package var inclusive: Double
    /// Its own share of what else was counted.
    package var further: [CostColumn: Double] = [:]
  }

  package struct Side: Codable, Hashable, Sendable {
    package var kernelRelease: String
    package var cell: String
    /// The index of the trial that is explained; nil where a document does not say.
    package var trial: Int?
    /// Messages received in the explained rounds; nil where a document does not say.
    package var operations: Int?
    package var instructionsPerOperation: Double
    /// What no function has: the clock's own code.
    package var constant: Double
    /// Rounds of the trial, and how many of them the reported figure is made of.
    package var rounds: Int
    package var roundsExplained: Int
    /// The largest own cost first.
    package var functions: [Function]

    private enum CodingKeys: String, CodingKey {
      case cell, trial, operations, constant, rounds, functions
      case kernelRelease = "kernel_release"
      case instructionsPerOperation = "instructions_per_operation"
      case roundsExplained = "rounds_explained"
    }
  }

  package struct Difference: Codable, Hashable, Sendable {
    package var name: String
    /// Null where the function is new.
    @Nullable package var old: Double?
    /// Null where the function is gone.
    @Nullable package var new: Double?
    package var delta: Double
  }

  package var schema: String
  package var tool: Tool
  /// One, or the baseline and the new one.
  package var sides: [Side]
  /// The largest first; empty for one side. They add up to the difference of the sides.
  package var differences: [Difference]
}
