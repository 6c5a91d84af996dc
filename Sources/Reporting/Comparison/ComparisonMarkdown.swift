import Base
import Documents

/// A comparison for a comment on a pull request (GitHub Flavored Markdown). Cells that are `same` are folded away.
struct ComparisonMarkdown: Sendable {
  let comparison: RunComparison

  var text: String {
    let rows = ComparisonRow.rows(comparison)
    let (notable, same) = (rows.filter { $0.verdict != .same }, rows.filter { $0.verdict == .same })
    var parts = ["### ringbench: \(comparison.summary)\n"]
    if !notable.isEmpty { parts.append(Self.table(notable)) }
    if !same.isEmpty {
      parts.append("<details><summary>\(same.count) the same</summary>\n\n\(Self.table(same))\n</details>\n")
    }
    let missing = ComparisonMissing(comparison).lines
    if !missing.isEmpty { parts.append(missing.map { "- missing: \(MarkdownText.escaped($0))\n" }.joined()) }
    if rows.contains(where: \.isAtOddsWithMedians) {
      parts.append("\(ComparisonRow.shiftNote.withCapital).\n")
    }
    if !comparison.warnings.isEmpty {
      parts.append(
        comparison.warnings.map { "> **Warning:** \(MarkdownText.escaped($0.message))\n" }.joined(separator: ">\n"))
    }
    if let design = comparison.design {
      parts.append("\(design.promise.withCapital).\n")
    }
    parts.append(comparison.sides.map { "- \($0.name): \(MarkdownText.code($0.text))\n" }.joined())
    return parts.joined(separator: "\n")
  }

  private static func table(_ rows: [ComparisonRow]) -> String {
    let titles = "| verdict | cell | metric | baseline | new | change % | 95 % interval | remarks |\n"
    let rule = "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |\n"
    let lines = rows.map { row in
      let isBad = row.verdict == .worse || row.verdict == .lost
      let emphasis = isBad ? "**\(row.verdict.rawValue)**" : row.verdict.rawValue
      let fields = [
        emphasis, MarkdownText.escaped(row.cell), row.metric, row.baseline, row.new, row.change, row.interval,
        MarkdownText.escaped(row.remark),
      ]
      return MarkdownText.row(fields)
    }
    return titles + rule + lines.joined()
  }
}
