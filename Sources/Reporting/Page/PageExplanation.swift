import Base
import Documents

/// The functions that a cell's instructions are spent in, or that make the difference between two sides.
struct PageExplanation: Sendable {
  private let explanation: Explanation

  init(_ explanation: Explanation) { self.explanation = explanation }

  /// More rows than this explain nothing.
  private static let most = 40

  var text: String {
    let sides = explanation.sides.map { side in
      "\(side.cell) on Linux \(side.kernelRelease): \(Self.number(side.instructionsPerOperation)) instructions an operation."
    }
    let (titles, rows) = explanation.sides.count > 1 ? differences : functions
    return HTMLText.section(
      "explanation", "The functions behind it",
      sides.map(HTMLText.paragraph).joined()
        + HTMLText.scrolling(
          "Functions", "<table>\n\(HTMLText.head(titles))<tbody>\n\(rows.prefix(Self.most).joined())</tbody>\n</table>")
    )
  }

  private var differences: ([String], [String]) {
    let rows = explanation.differences.map { difference in
      HTMLText.row(
        difference.name,
        [difference.old.map(Self.number) ?? "-", difference.new.map(Self.number) ?? "-", Self.signed(difference.delta)])
    }
    return (["function", "old", "new", "delta"], rows)
  }

  private var functions: ([String], [String]) {
    let rows = explanation.sides[0].functions.sorted { $0.own > $1.own }.map { function in
      HTMLText.row(function.name, [Self.number(function.own), Self.number(function.inclusive)])
    }
    return (["function", "self", "inclusive"], rows)
  }

  private static func number(_ value: Double) -> String { Decimals.shortest(value) }
  private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + number(value) }
}
