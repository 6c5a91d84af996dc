package import Base
import FoundationEssentials

/// `explanation.json`: which functions an operation's instructions are made of, and which make the difference between
/// two sides. All figures are per operation.
package struct Explanation: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.explanation/1"

  package struct Function: Codable, Hashable, Sendable {
    package var name: String
    package var own: Double
    package var inclusive: Double

    private enum CodingKeys: String, CodingKey {
      case name, inclusive
      case own = "self"
    }
  }

  package struct Side: Codable, Hashable, Sendable {
    package var kernelRelease: String
    package var cell: String
    package var instructionsPerOperation: Double
    package var functions: [Function]

    private enum CodingKeys: String, CodingKey {
      case cell, functions
      case kernelRelease = "kernel_release"
      case instructionsPerOperation = "instructions_per_operation"
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
  /// One, or the baseline and the new one.
  package var sides: [Side]
  /// The largest first; empty for one side.
  package var differences: [Difference]
}

extension RunFolder {
  /// The explanation that lies beside the results; nil where there is none.
  ///
  /// - Throws: `badInput` when the file is there and can't be read as one.
  package func explanation() throws(RingbenchError) -> Explanation? {
    let file = path + "/explanation.json"
    guard Files.exists(file) else { return nil }
    do {
      let explanation = try ResultsJSON.decode(Explanation.self, from: try Data(contentsOf: URL(filePath: file)))
      guard explanation.schema == Explanation.currentSchema, !explanation.sides.isEmpty else {
        throw RingbenchError.badInput("\(file): not of schema \(Explanation.currentSchema) with a side")
      }
      return explanation
    } catch let error as RingbenchError {
      throw error
    } catch {
      throw RingbenchError.badInput("\(file): can't be read as \(Explanation.currentSchema)")
    }
  }
}
