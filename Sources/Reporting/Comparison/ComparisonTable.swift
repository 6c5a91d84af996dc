package import Documents

/// A comparison for the terminal.
package struct ComparisonTable: Sendable {
  let comparison: RunComparison

  package init(_ comparison: RunComparison) { self.comparison = comparison }

  package var text: String {
    let rows = ComparisonRow.rows(comparison)
    let hasRemarks = rows.contains { !$0.remark.isEmpty }
    let numbers = ["baseline", "new", "change %", "95 % interval"].map(TerminalTable.Title.number)
    let titles =
      ([.word("cell"), .word("metric")] + numbers + [.word("verdict")]) + (hasRemarks ? [.word("remarks")] : [])
    let lines = rows.map { row in
      [row.cell, row.metric, row.baseline, row.new, row.change, row.interval, row.verdict.rawValue]
        + (hasRemarks ? [row.remark] : [])
    }
    let table = TerminalTable(titles: titles, rows: lines).text
    return FormatText.screen([table, summary].filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  private var summary: String {
    let lines =
      ComparisonMissing(comparison).lines.map { "missing: \($0)" }
      + (ComparisonRow.rows(comparison).contains(where: \.isAtOddsWithMedians) ? [ComparisonRow.shiftNote] : [])
      + comparison.sides.map { "\($0.name): \($0.text)" } + (comparison.floor.map { ["floor: \($0)"] } ?? [])
      + (comparison.design.map { ["promise: \($0.promise)"] } ?? [])
      + comparison.warnings.map { "warning: \($0.message)" }
    return (lines + [comparison.summary]).map { $0 + "\n" }.joined()
  }
}
