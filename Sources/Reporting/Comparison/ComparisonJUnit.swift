import Documents
import Vocabulary

/// A comparison as a JUnit report: a test case for each cell, which fails when the cell got worse or was lost and is
/// skipped when nothing can be said about it.
///
/// The elements are those that Jenkins, GitLab and GitHub's reporters read (`testsuites`, `testsuite`, `testcase`,
/// `failure`, `skipped`, `system-out`).
struct ComparisonJUnit: Sendable {
  let comparison: RunComparison

  var text: String {
    let skipped = comparison.count(.undecided) + comparison.count(.missing)
    let failures = comparison.count(.worse) + comparison.count(.lost)
    let counts =
      "tests=\"\(comparison.cells.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
    let cases = comparison.cells.map(testCase).joined()
    let notes =
      (comparison.sides.map { "\($0.name): \($0.text)" } + comparison.warnings.map { "warning: \($0.message)" })
      .map { XMLText.escaped($0) + "\n" }.joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="ringbench compare" \(counts)>
        <testsuite name="ringbench compare" \(counts)>
      \(cases)    <system-out>\(notes)</system-out>
        </testsuite>
      </testsuites>

      """
  }

  private func testCase(_ cell: CellComparison) -> String {
    let suite = cell.axes.map { "\($0.transport.rawValue).\($0.operation.rawValue).\($0.pattern.rawValue)" } ?? "cells"
    let start = "    <testcase classname=\"\(XMLText.escaped(suite))\" name=\"\(XMLText.escaped(cell.cell))\""
    let message = XMLText.escaped(cell.remark ?? ComparisonRow.sentence(cell, comparison))
    return switch cell.verdict {
    case .worse, .lost:
      "\(start)>\n      <failure type=\"\(cell.verdict.rawValue)\" message=\"\(message)\"/>\n    </testcase>\n"
    case .undecided, .missing: "\(start)>\n      <skipped message=\"\(message)\"/>\n    </testcase>\n"
    case .better, .same: "\(start)>\n      <system-out>\(message)</system-out>\n    </testcase>\n"
    }
  }
}
