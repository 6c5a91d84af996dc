package import Statistics

/// Two runs side by side, for the terminal.
package struct ComparisonTable: Sendable {
  let comparison: RunComparison

  package init(_ comparison: RunComparison) { self.comparison = comparison }

  package var text: String {
    let numbers = ["baseline", "new", "difference", "percent"].map(TerminalTable.Title.number)
    let titles = [.word("cell")] + numbers + [.word("verdict"), .word("remarks")]
    return TerminalTable(titles: titles, rows: comparison.cells.map(row)).text + "\n" + summary + "\n"
  }

  private func row(_ cell: CellComparison) -> [String] {
    let sign = (cell.difference ?? 0) > 0 ? "+" : ""
    return [
      cell.cell, Self.number(cell.baseline), Self.number(cell.new),
      cell.difference.map { sign + Self.number($0) } ?? "",
      cell.percent.map { sign + Decimals.text($0, 2) } ?? "", cell.verdict.rawValue, cell.remark ?? "",
    ]
  }

  private var summary: String {
    let counts = [CellComparison.Verdict.worse, .better, .same, .missing].map { verdict in
      "\(comparison.cells.count { $0.verdict == verdict }) \(verdict.rawValue)"
    }
    let threshold = Decimals.text(comparison.threshold, 2)
    return "\(comparison.metric): \(counts.joined(separator: ", ")) (threshold \(threshold) %)"
  }

  private static func number(_ value: Double?) -> String { value.map { Decimals.text($0, 2) } ?? "" }
}
