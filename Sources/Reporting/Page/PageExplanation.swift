import Base
import Documents

/// The functions that a cell's instructions are spent in, or that make the difference between two sides.
struct PageExplanation: Sendable {
  private let explained: ProfiledExplanation
  private let number: Int
  private let saysAnswer: Bool

  /// - Parameter number: which of the page's explanations it is, from 1.
  private init(_ explained: ProfiledExplanation, number: Int, saysAnswer: Bool) {
    (self.explained, self.number, self.saysAnswer) = (explained, number, saysAnswer)
  }

  /// The section with all explanations of a page; empty without any.
  ///
  /// - Parameter saysAnswers: whether the page does not say them elsewhere.
  static func section(_ all: [ProfiledExplanation], saysAnswers: Bool = true) -> String {
    guard !all.isEmpty else { return "" }
    let articles = all.enumerated().map { PageExplanation($1, number: $0 + 1, saysAnswer: saysAnswers).text }
    return HTMLText.section("explanation", "The functions behind it", articles.joined())
  }

  /// The rules of a page with these explanations.
  static func style(_ all: [ProfiledExplanation]) -> String { all.isEmpty ? "" : FlameGraph.style }

  /// More rows than this explain nothing.
  private static let most = 40

  private var text: String {
    let words = ExplanationWords(explained)
    let id = "explanation-\(number)"
    let answer = saysAnswer ? HTMLText.paragraph(words.summary) : ""
    let remarks = words.remarks.map { "<li>\(HTMLText.escaped($0))</li>\n" }.joined()
    return "<article id=\"\(id)\">\n<h3><a href=\"#\(id)\">\(HTMLText.escaped(words.heading))</a></h3>\n\(answer)"
      + (explained.change == nil ? functions : differences) + graphs + paths
      + "<ul class=\"answers\">\n\(remarks)</ul>\n</article>\n"
  }

  // MARK: Tables

  private var differences: String {
    let sides = explained.explanation.sides
    let inclusive = sides.map { side in
      Dictionary(side.functions.map { ($0.name, $0.inclusive) }) { first, _ in first }
    }
    let all = explained.explanation.differences
    var rows = all.prefix(Self.most).map { row in
      Self.row(
        row.name,
        [row.old.map(CostText.number) ?? "-", row.new.map(CostText.number) ?? "-", CostText.signed(row.delta)]
          + inclusive.map { $0[row.name].map(CostText.number) ?? "-" })
    }
    let rest = all.dropFirst(Self.most)
    if !rest.isEmpty {
      let sum = rest.reduce(0) { $0 + $1.delta }
      rows.append(Self.row("\(rest.count) more functions", ["", "", CostText.signed(sum), "", ""]))
    }
    let figures = sides.map { CostText.number($0.instructionsPerOperation) }
    rows.append(Self.row("in all", figures + [CostText.signed(explained.change ?? 0), "", ""]))
    return table("Functions", ["function", "old", "new", "delta", "inclusive old", "inclusive new"], rows) + totals
  }

  /// What else was counted, in all functions of each side.
  private var totals: String {
    let rows = explained.further.map { column in
      let sums = explained.totals(column)
      return Self.row(column.title, sums.map(CostText.number) + [CostText.signed(sums[1] - sums[0])])
    }
    return rows.isEmpty ? "" : table("Also counted", ["also counted, in all functions", "old", "new", "delta"], rows)
  }

  private var functions: String {
    let (all, further) = (explained.last.functions.filter { $0.own > 0 }, explained.further)
    let whole = explained.last.instructionsPerOperation
    let none = further.map { _ in "" }
    var rows = all.prefix(Self.most).map { function in
      Self.row(
        function.name,
        [
          CostText.number(function.own), CostText.share(function.own, of: whole), CostText.number(function.inclusive),
        ] + further.map { CostText.number(function.further[$0] ?? 0) })
    }
    let rest = all.dropFirst(Self.most)
    if !rest.isEmpty {
      let sum = rest.reduce(0) { $0 + $1.own }
      rows.append(
        Self.row(
          "\(rest.count) more functions", [CostText.number(sum), CostText.share(sum, of: whole), ""] + none))
    }
    let constant = explained.last.constant
    if constant > 0 {
      rows.append(
        Self.row(
          FunctionName.clock, [CostText.number(constant), CostText.share(constant, of: whole), ""] + none))
    }
    let sums = further.compactMap { explained.totals($0).last.map(CostText.number) }
    rows.append(Self.row("in all", [CostText.number(whole), "100", ""] + sums))
    return table("Functions", ["function", "self", "self %", "inclusive"] + further.map(\.title), rows)
  }

  private static func row(_ name: String, _ cells: [String]) -> String { HTMLText.row(name.clipped(to: 160), cells) }

  private func table(_ label: String, _ titles: [String], _ rows: [String]) -> String {
    HTMLText.scrolling(
      "\(label) \(number)", "<table>\n\(HTMLText.head(titles))<tbody>\n\(rows.joined())</tbody>\n</table>")
  }

  // MARK: Paths

  private var graphs: String {
    let graphs = FlameGraph.graphs(explained)
    guard !graphs.isEmpty else { return "" }
    return graphs.map(\.text).joined() + HTMLText.paragraph(FlameGraph.legend(explained))
  }

  private var paths: String {
    let isPair = explained.change != nil
    let rows = CallPath.heaviest(explained.profiles, most: Self.most / 2).map { path in
      HTMLText.row(isPair ? CostText.signed(path.delta) : CostText.number(path.delta), [path.text(width: 1000)])
    }
    guard !rows.isEmpty else { return "" }
    let head = HTMLText.head([isPair ? "delta" : "self", "path"])
    let table = "<table class=\"prose\">\n\(head)<tbody>\n\(rows.joined())</tbody>\n</table>"
    return
      "<details><summary>The call paths</summary>\n\(HTMLText.scrolling("Call paths \(number)", table))</details>\n"
  }
}
