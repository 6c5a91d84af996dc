import Results
package import Statistics

/// The formats of a comparison.
package enum ComparisonFormat: String, CaseIterable, Sendable {
  /// For the terminal.
  case text
  /// The document itself, schema `ringbench.comparison/1`.
  case json
  /// For a comment on a pull request.
  case markdown
  /// For CI.
  case junit

  /// The whole output, with a newline at its end.
  package func output(_ comparison: RunComparison) throws -> String {
    switch self {
    case .text: ComparisonTable(comparison).text
    case .json: String(decoding: try ResultsJSON.document(comparison), as: UTF8.self)
    case .markdown: ComparisonMarkdown(comparison: comparison).text
    case .junit: ComparisonJUnit(comparison: comparison).text
    }
  }
}

extension RunComparison {
  /// What `compare` exits with.
  package var exitStatus: ExitStatus {
    guard isComparable else { return .notComparable }
    return hasWorse ? .worse : .done
  }
}
