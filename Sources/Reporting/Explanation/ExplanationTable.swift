import Base
import Documents

/// An explanation for the terminal, as the kernel's `scripts/bloat-o-meter` prints one: at most 100 columns wide.
package struct ExplanationTable: Sendable {
  let explained: ProfiledExplanation
  private let explainsTerms: Bool

  /// - Parameter explainsTerms: whether to say what the figures mean, which is the same for several explanations.
  package init(_ explained: ProfiledExplanation, explainsTerms: Bool = true) {
    (self.explained, self.explainsTerms) = (explained, explainsTerms)
  }

  static let width = 100
  static let nameWidth = 40
  static let mostRows = 25
  static let mostPaths = 10

  package var text: String {
    let words = ExplanationWords(explained)
    let table = explained.change == nil ? functions + further : differences + totals
    let remarks = (explainsTerms ? words.remarks : words.rounds).map(TextLines.wrapped).joined()
    return [TextLines.wrapped(words.summary), table, paths, remarks].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var differences: String {
    let all = explained.explanation.differences
    let inclusive = explained.explanation.sides.map { side in
      Dictionary(side.functions.map { ($0.name, $0.inclusive) }) { first, _ in first }
    }
    let rows = all.prefix(Self.mostRows).map { row in
      Self.row(
        row.name,
        [
          row.old.map(CostText.aligned) ?? Self.nothing, row.new.map(CostText.aligned) ?? Self.nothing,
          CostText.alignedSigned(row.delta),
        ] + inclusive.map { $0[row.name].map(CostText.aligned) ?? Self.nothing })
    }
    let head = Self.row("Function", ["old ", "new ", "delta ", "incl. old ", "incl. new "])
    return Self.summary(all) + head + rows.joined() + Self.rest(all.dropFirst(Self.mostRows)) + total
  }

  private static func summary(_ all: [Explanation.Difference]) -> String {
    let (added, removed) = (all.count { $0.old == nil }, all.count { $0.new == nil })
    let both = all.filter { $0.old != nil && $0.new != nil }
    let (grown, shrunk) = (both.count { $0.delta > 0 }, both.count { $0.delta < 0 })
    let (up, down) = sums(all)
    return "add/remove: \(added)/\(removed) grow/shrink: \(grown)/\(shrunk) up/down: \(CostText.number(up))/"
      + "\(CostText.number(down)) (\(CostText.number(up + down)))\n"
  }

  private static func sums(_ rows: some Sequence<Explanation.Difference>) -> (up: Double, down: Double) {
    rows.reduce((0, 0)) { ($0.0 + max($1.delta, 0), $0.1 + min($1.delta, 0)) }
  }

  private static func rest(_ rows: ArraySlice<Explanation.Difference>) -> String {
    guard !rows.isEmpty else { return "" }
    let (up, down) = sums(rows)
    return "\(rows.count) more functions: +\(CostText.number(up)) / \(down == 0 ? "-" : "")\(CostText.number(down))\n"
  }

  /// What else was counted, in all functions of each side.
  private var totals: String {
    let rows = explained.further.map { column in
      let sums = explained.totals(column)
      return Self.row(column.title, sums.map(CostText.aligned) + [CostText.alignedSigned(sums[1] - sums[0])])
    }
    return rows.isEmpty
      ? "" : "\n" + Self.row("Also counted, in all functions", ["old ", "new ", "delta "]) + rows.joined()
  }

  private var total: String {
    guard let change = explained.change else { return "" }
    let sides = explained.explanation.sides.map(\.instructionsPerOperation)
    let percent = CostText.change(change, of: sides[0]).replacing(" ", with: "")
    return "Total: Before=\(CostText.exact(sides[0])), After=\(CostText.exact(sides[1])), "
      + "delta \(change > 0 ? "+" : "")\(CostText.exact(change))" + (percent.isEmpty ? "" : ", chg \(percent)") + "\n"
  }

  private var paths: String {
    let paths = CallPath.heaviest(explained.profiles, most: Self.mostPaths)
    guard !paths.isEmpty else { return "" }
    let common = CallPath.commonBeginning(paths)
    let numberWidth = 11
    let lines = paths.map { path in
      let number = explained.change == nil ? CostText.aligned(path.delta) : CostText.alignedSigned(path.delta)
      return Self.trimmed(
        number.trailing(numberWidth) + "  "
          + Self.line(path.text(without: common.count, width: Self.width - numberWidth - 2)))
    }
    let beginning =
      common.isEmpty
      ? ""
      : TextLines.wrapped("All begin with \(common.map { $0.clipped(to: 60) }.joined(separator: " > "))")
    return "Call paths\n" + beginning + lines.joined()
  }

  static let nothing = "-   "

  static func row(_ name: String, _ numbers: [String], name nameWidth: Int = nameWidth, width: Int = 12)
    -> String
  {
    trimmed(line(name).clipped(to: nameWidth).leading(nameWidth) + numbers.map { $0.trailing(width) }.joined())
  }

  private static func line(_ text: String) -> String { FormatText.line(text) }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
  }
}
