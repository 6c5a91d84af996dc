import Base
import Documents

/// An explanation for the terminal, as the kernel's `scripts/bloat-o-meter` prints one: at most 100 columns wide.
package struct ExplanationTable: Sendable {
  let explained: ProfiledExplanation

  package init(_ explained: ProfiledExplanation) { self.explained = explained }

  static let width = 100
  static let nameWidth = 40
  static let mostRows = 25
  static let mostPaths = 10

  package var text: String {
    let words = ExplanationWords(explained)
    let answer = ([words.answer] + [words.leaders].compactMap { $0 }).joined(separator: " ")
    let table = explained.change == nil ? functions + further : differences
    let remarks = words.remarks.map(TextLines.wrapped).joined()
    return [TextLines.wrapped(answer), table, paths, remarks].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: Two sides

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

  private var total: String {
    guard let change = explained.change else { return "" }
    let sides = explained.explanation.sides.map(\.instructionsPerOperation)
    let percent = CostText.change(change, of: sides[0]).replacing(" ", with: "")
    return "Total: Before=\(CostText.exact(sides[0])), After=\(CostText.exact(sides[1])), "
      + "delta \(change > 0 ? "+" : "")\(CostText.exact(change))" + (percent.isEmpty ? "" : ", chg \(percent)") + "\n"
  }

  // MARK: One side

  private var functions: String {
    let (all, whole) = (explained.last.functions.filter { $0.own > 0 }, explained.last.instructionsPerOperation)
    let rows = all.prefix(Self.mostRows).map { function in
      Self.row(
        function.name,
        [
          CostText.aligned(function.own), CostText.share(function.own, of: whole), CostText.aligned(function.inclusive),
          CostText.share(function.inclusive, of: whole),
        ])
    }
    let rest = all.dropFirst(Self.mostRows)
    let more = rest.isEmpty ? "" : "\(rest.count) more functions: \(CostText.number(rest.reduce(0) { $0 + $1.own }))\n"
    let clock = explained.last.constant
    let constant =
      clock > 0 ? Self.row(FunctionName.clock, [CostText.aligned(clock), CostText.share(clock, of: whole)]) : ""
    return Self.row("Function", ["self ", "%", "inclusive ", "%"]) + rows.joined() + more + constant
      + "Total: \(CostText.exact(whole))\n"
  }

  /// What else was counted: a table of its own, as there are up to seven columns.
  private var further: String {
    let columns = explained.further
    let functions = explained.last.functions.filter { function in columns.contains { (function.further[$0] ?? 0) > 0 } }
    guard !functions.isEmpty else { return "" }
    let width = (Self.width - 24) / max(columns.count, 5)
    let rows = functions.prefix(Self.mostRows).map { function in
      Self.row(
        function.name, columns.map { function.further[$0].map(CostText.aligned) ?? Self.nothing }, name: 24,
        width: width)
    }
    let sums = columns.map { column in explained.last.functions.reduce(0) { $0 + ($1.further[column] ?? 0) } }
    let head = Self.row("Function", columns.map { $0.shortTitle + " " }, name: 24, width: width)
    return "\n" + head + rows.joined()
      + Self.row("Total of all functions", sums.map(CostText.aligned), name: 24, width: width)
  }

  // MARK: Both

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

  private static let nothing = "-   "

  private static func row(_ name: String, _ numbers: [String], name nameWidth: Int = nameWidth, width: Int = 12)
    -> String
  {
    trimmed(line(name).clipped(to: nameWidth).leading(nameWidth) + numbers.map { $0.trailing(width) }.joined())
  }

  private static func line(_ text: String) -> String { FormatText.line(text) }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
  }
}

extension CostColumn {
  /// For a narrow column.
  var shortTitle: String {
    switch self {
    case .instructions: "instr."
    case .stringBytes: "str.bytes"
    case .stringSteps: "str.steps"
    case .dataMisses: "L1d miss"
    case .instructionMisses: "L1i miss"
    case .lastLevelMisses: "LL miss"
    case .mispredictions: "mispred."
    case .lockedOperations: "locked"
    }
  }
}
