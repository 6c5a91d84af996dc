import Documents
import Vocabulary

/// A run as a JUnit report: a test case for each cell, with its medians as properties.
struct JUnitFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    let failures = document.cells.count { $0.status == .failed }
    let skipped = document.cells.count { $0.status == .unsupported }
    let counts = "tests=\"\(document.cells.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="ringbench run" \(counts)>
        <testsuite name="\(XMLText.escaped(document.suite))" \(counts)>
      \(document.cells.map(testCase).joined())    <system-out>\(XMLText.escaped(RunOverview(document).machine))</system-out>
        </testsuite>
      </testsuites>

      """
  }

  private func testCase(_ result: CellResult) -> String {
    let cell = result.cell
    let suite = "\(cell.transport.rawValue).\(cell.operation.rawValue).\(cell.pattern.rawValue)"
    let start = "    <testcase classname=\"\(suite)\" name=\"\(XMLText.escaped(cell.id))\""
    let why = XMLText.escaped(result.reason.map { "\($0.stage.rawValue): \($0.message)" } ?? "")
    switch result.status {
    case .failed: return "\(start)>\n      <failure type=\"failed\" message=\"\(why)\"/>\n    </testcase>\n"
    case .unsupported: return "\(start)>\n      <skipped message=\"\(why)\"/>\n    </testcase>\n"
    case .ok:
      let properties = Metric.allCases.compactMap { metric in
        result.median(metric).map {
          "        <property name=\"\(metric.rawValue)\" value=\"\(FormatText.number($0))\"/>\n"
        }
      }
      return "\(start)>\n      <properties>\n\(properties.joined())      </properties>\n    </testcase>\n"
    }
  }
}
