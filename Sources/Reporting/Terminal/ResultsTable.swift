import Base
import Documents
import Vocabulary

extension Host {
  /// The unit of what an operation costs on this host, as it stands behind a number.
  var clockWord: String { countsInstructions ? "instructions" : "ns" }
}

/// The table at the end of a run: modes by cost, in blocks of comparable cells.
struct ResultsTable: Sendable {
  let blocks: [ResultBlock]
  let varying: VaryingAxes
  let host: Host

  init(_ document: ResultsDocument) {
    blocks = ResultBlock.blocks(of: document.cells)
    varying = VaryingAxes(document.cells.map(\.cell))
    host = document.host
  }

  /// The table and its notes.
  var text: String {
    var notes = Notes()
    let lines = blocks.flatMap { rows($0, &notes) }
    let table = TerminalTable(titles: titles, rows: lines).text
    return notes.sentences.isEmpty ? table : "\(table)\n\(notes.text)"
  }

  private var titles: [TerminalTable.Title] {
    let common = ["transport", "operation", "pattern"] + varying.titles
    let numbers = ["\(host.clockWord)/operation", "95 % interval", "vs cheapest"]
    return
      (common + ["mode"]).map(TerminalTable.Title.word) + numbers.map(TerminalTable.Title.number) + [.word("remarks")]
  }

  /// The rows of a block; their common values stand in the first.
  private func rows(_ block: ResultBlock, _ notes: inout Notes) -> [[String]] {
    let cell = block.cell
    let common = [cell.transport.rawValue, cell.operation.rawValue, cell.pattern.rawValue] + varying.values(cell)
    let blank = Array(repeating: "", count: common.count)
    var rows: [[String]] = []
    for (index, result) in block.results.enumerated() {
      let remarks = remarks(result, &notes)
      rows.append(
        (index == 0 ? common : blank) + [
          result.cell.mode.rawValue, result.medianText, result.intervalText, comparison(result, block), remarks,
        ])
    }
    return rows
  }

  private func comparison(_ result: CellResult, _ block: ResultBlock) -> String {
    guard let excess = block.excess(of: result) else { return "" }
    return excess == 0 ? "cheapest" : "+\(Decimals.percent(excess)) %"
  }

  private func remarks(_ result: CellResult, _ notes: inout Notes) -> String {
    var remarks: [String] = []
    if let why = result.impossible {
      remarks.append("not possible \(notes.mark(why))")
    } else if let reason = result.reason {
      remarks.append("\(result.status.rawValue): \(reason.stage.rawValue): \(reason.errno ?? reason.message)")
    }
    remarks += PatternRemarks(result).words
    let disturbed = result.trials.count { $0.disturbed != nil }
    if disturbed > 0 { remarks.append("\(disturbed) of \(result.trials.count) trials disturbed") }
    if let starved = result.summary[Metric.outOfBuffers.rawValue]?.median, starved > 0 {
      remarks.append("\(Decimals.text(starved, 0)) times out of buffers")
    }
    return remarks.joined(separator: "; ")
  }
}
