import Results
import Statistics

/// The table at the end of a run: modes by time, in blocks of what may be compared.
struct ResultsTable: Sendable {
  let blocks: [ResultBlock]
  let varying: VaryingAxes

  init(_ document: ResultsDocument) {
    blocks = ResultBlock.blocks(of: document.cells)
    varying = VaryingAxes(document.cells.map(\.cell))
  }

  var text: String {
    let common = ["transport", "operation", "pattern"] + varying.titles
    let numbers = ["ns/operation", "95 % interval", "vs cheapest"]
    let titles =
      (common + ["mode"]).map(TerminalTable.Title.word) + numbers.map(TerminalTable.Title.number) + [.word("remarks")]
    return TerminalTable(titles: titles, rows: blocks.flatMap(rows)).text
  }

  /// The rows of a block; what they have in common stands in the first.
  private func rows(_ block: ResultBlock) -> [[String]] {
    let cell = block.cell
    let common = [cell.transport.rawValue, cell.operation.rawValue, cell.pattern.rawValue] + varying.values(cell)
    let blank = Array(repeating: "", count: common.count)
    return block.results.enumerated().map { index, result in
      (index == 0 ? common : blank) + [
        result.cell.mode.rawValue, result.medianText, result.intervalText, comparison(result, block), remarks(result),
      ]
    }
  }

  private func comparison(_ result: CellResult, _ block: ResultBlock) -> String {
    guard let excess = block.excess(of: result) else { return "" }
    return excess == 0 ? "cheapest" : "+\(Decimals.percent(excess)) %"
  }

  private func remarks(_ result: CellResult) -> String {
    var remarks: [String] = []
    if let reason = result.reason {
      remarks.append("\(result.status.rawValue): \(reason.stage.rawValue): \(reason.errno ?? reason.message)")
    }
    let disturbed = result.trials.count { $0.disturbed != nil }
    if disturbed > 0 { remarks.append("\(disturbed) of \(result.trials.count) trials disturbed") }
    if let starved = result.summary["out_of_buffers"]?.median, starved > 0 {
      remarks.append("\(Decimals.text(starved, 0)) times out of buffers")
    }
    return remarks.joined(separator: "; ")
  }
}
