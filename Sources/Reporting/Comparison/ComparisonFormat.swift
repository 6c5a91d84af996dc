package import Base
package import Documents

/// The formats of a comparison.
package enum ComparisonFormat: String, Reporter {
  /// For the terminal.
  case text
  /// The page.
  case html
  /// The document itself, schema `ringbench.comparison/1`.
  case json
  /// For a comment on a pull request.
  case markdown
  /// For CI.
  case junit
  /// The kernel's test protocol.
  case ktap
  /// As the kernel test robot shows a comparison.
  case lkp

  /// - Throws: `badInput` when a change is too large for a number, which happens only with made-up numbers.
  package func output(_ comparison: RunComparison) throws(RingbenchError) -> String {
    switch self {
    case .text: ComparisonTable(comparison).text
    case .json: try Self.json(comparison)
    case .markdown: ComparisonMarkdown(comparison: comparison).text
    case .html: ComparisonPage(comparison).text
    case .junit: ComparisonJUnit(comparison: comparison).text
    case .ktap: ComparisonKTAP(comparison: comparison).text
    case .lkp: ComparisonLKP(comparison: comparison).text
    }
  }

  private static func json(_ comparison: RunComparison) throws(RingbenchError) -> String {
    do { return String(decoding: try ResultsJSON.document(comparison), as: UTF8.self) } catch {
      throw RingbenchError.badInput(
        "\(comparison.new.path): a change is too large for a number: were the numbers measured?")
    }
  }
}

extension RunComparison {
  /// The exit status of `ringbench compare`.
  package var exitStatus: ExitStatus {
    if hasWorse { return .worse }
    return isComparable ? .done : .notComparable
  }

  /// Ends a command with a status other than `done`, or where cells are undecided.
  package func end(_ status: ExitStatus) throws(CommandEnd) {
    let isUndecided = count(.undecided) > 0
    if status != .done || isUndecided { throw CommandEnd(status, isUndecided: isUndecided) }
  }
}
