import Base
import Documents
import Vocabulary

/// The differences of a comparison, worst first: in each row the baseline and the new side as two dots joined by a line,
/// with the interval and the numbers. What is the same stands behind a toggle.
struct PageDifferences: Sendable {
  private let comparison: RunComparison
  private let rows: [ComparisonRow]
  /// Percent at either end of the axis.
  private let extent: Double

  init(_ comparison: RunComparison, _ rows: [ComparisonRow]) {
    (self.comparison, self.rows) = (comparison, rows)
    // One difference far out must not squash the others.
    let values = rows.compactMap(\.numbers).flatMap { [$0.percent ?? 0] + ($0.interval ?? []) }.map(abs).sorted()
    let usual = values.isEmpty ? 0 : values[values.count * 9 / 10]
    extent = LinearAxis(to: max(usual, comparison.threshold * 2, 0.01)).end
  }

  var text: String {
    guard !rows.isEmpty else { return "" }
    let (notable, same) = (rows.filter { $0.verdict != .same }, rows.filter { $0.verdict == .same })
    let isDecided = notable.contains { $0.verdict != .undecided }
    let isAtOdds = rows.contains(where: \.isAtOddsWithMedians)
    let legend =
      "The hollow dot is the baseline, the full one the new side, the line its 95 % interval, the band the threshold of "
      + "\(Decimals.shortest(comparison.threshold)) %. Numbers are medians. "
      + (isAtOdds ? "\(ComparisonRow.shiftNote.withCapital)." : "")
    let folded =
      same.isEmpty
      ? "" : "<details><summary>\(same.count) the same</summary>\n\(table(same, "What is the same"))</details>\n"
    let shown = notable.isEmpty ? "" : table(notable, "Differences, worst first")
    return HTMLText.section(
      "differences", notable.isEmpty ? "No differences" : isDecided ? "Differences, worst first" : "Nothing decided",
      HTMLText.paragraph(legend) + shown + folded)
  }

  private func table(_ rows: [ComparisonRow], _ name: String) -> String {
    let ends = "\(Decimals.shortest(-extent)) % to +\(Decimals.shortest(extent)) %"
    let head = HTMLText.head([
      "cell", "verdict", ends, "change %", "95 % interval", "baseline", "new", "remarks",
    ])
    let lines = rows.map { row in
      let cells = [row.change, row.interval, row.baseline, row.new, row.remark]
      return
        "<tr class=\"v-\(row.verdict.rawValue)\"><th scope=\"row\">\(HTMLText.escaped(row.cell))<small>\(row.metric)</small></th>"
        + "<td class=\"verdict\">\(Self.shape(row.verdict)) \(row.verdict.rawValue)</td><td class=\"shift\">\(chart(row))</td>"
        + cells.map { "<td>\(HTMLText.escaped($0))</td>" }.joined() + "</tr>\n"
    }
    return HTMLText.scrolling(
      name, "<table class=\"differences\">\n\(head)<tbody>\n\(lines.joined())</tbody>\n</table>")
  }

  /// A sign for each verdict, so that colour is not the only one.
  private static func shape(_ verdict: Verdict) -> String {
    switch verdict {
    case .worse: "\u{25b2}"
    case .better: "\u{25bc}"
    case .undecided: "?"
    case .same: "="
    case .lost: "\u{2715}"
    case .missing: "-"
    }
  }

  private static let width = 220.0

  private func chart(_ row: ComparisonRow) -> String {
    guard let numbers = row.numbers, let percent = numbers.percent else { return "" }
    let (zero, at) = (position(0), position(percent))
    let (low, high) = (position(-comparison.threshold), position(comparison.threshold))
    var text =
      "<svg viewBox=\"0 0 \(Int(Self.width)) 20\" role=\"img\"><title>\(HTMLText.escaped("\(row.change) %"))</title>"
    text += "<path class=\"band\" d=\"M\(low) 0H\(high)V20H\(low)z\"/><path class=\"grid\" d=\"M\(zero) 0v20\"/>"
    text += "<path class=\"joined\" d=\"M\(zero) 10H\(at)\"/>"
    if let interval = numbers.interval {
      text += "<path class=\"interval\" d=\"M\(position(interval[0])) 10H\(position(interval[1]))\"/>"
    }
    text += "<circle class=\"hollow\" cx=\"\(zero)\" cy=\"10\" r=\"3.5\"/>"
    // Beyond the axis: an arrow instead of the dot.
    if abs(percent) > extent {
      text += "<path class=\"new\" d=\"M\(at) 5l\(percent > 0 ? "7" : "-7") 5l\(percent > 0 ? "-7" : "7") 5z\"/>"
    } else {
      text += "<circle class=\"new\" cx=\"\(at)\" cy=\"10\" r=\"4.5\"/>"
    }
    return text + "</svg>"
  }

  private func position(_ percent: Double) -> String {
    let part = (min(extent, max(-extent, percent)) + extent) / (2 * extent)
    return Decimals.shortest(8 + (Self.width - 16) * part, upTo: 1)
  }
}
