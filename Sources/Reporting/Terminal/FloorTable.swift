import Base
import Documents
import Statistics
import Vocabulary

/// What the machine can resolve, for the terminal.
struct FloorTable: Sendable {
  let floor: NoiseFloor

  var text: String {
    let titles =
      [TerminalTable.Title.word("pattern"), .word("metric")]
      + ["trials per side", "alike runs differ by %", "of which drift %", "resolves %"].map(TerminalTable.Title.number)
    return TerminalTable(titles: titles, rows: floor.rows.filter { $0.cell == nil }.flatMap(lines)).text
  }

  private func lines(_ row: NoiseFloor.Row) -> [[String]] {
    let pattern = row.pattern.rawValue + (row.isDirect ? " (direct)" : "")
    return row.sizes.enumerated().map { index, size in
      let names = index == 0 ? [pattern, row.metric] : ["", ""]
      let numbers = [size.shiftPercent, size.driftPercent, size.resolvesPercent]
      return names + ["\(size.trials)"] + numbers.map { Decimals.text($0, 1) }
    }
  }
}
