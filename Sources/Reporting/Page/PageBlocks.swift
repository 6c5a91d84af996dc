import Base
import Documents
import Vocabulary

/// A section for each block of comparable cells: every trial as a dot, and all numbers in a table behind a toggle.
struct PageBlocks: Sendable {
  private let blocks: [ResultBlock]
  private let anchors: [Cell: String]
  private let host: Host
  private let usual: UsualValues

  init(_ document: ResultsDocument, usual: UsualValues) {
    blocks = ResultBlock.blocks(of: document.cells).filter { $0.cheapest != nil }
    var anchors: [Cell: String] = [:]
    for (index, block) in blocks.enumerated() { anchors[block.cell] = "cells-\(index + 1)" }
    self.anchors = anchors
    host = document.host
    self.usual = usual
  }

  /// Where the block's section is.
  func anchor(of block: ResultBlock) -> String { anchors[block.cell] ?? "cells" }

  var text: String {
    guard !blocks.isEmpty else { return "" }
    var text = """
      <section id="cells">
      <h2>Every trial</h2>
      <p>A dot is a trial, a hollow one was disturbed by the machine. The bar is the median over the undisturbed trials,
      the line its 95 % interval. The axis begins at zero.</p>
      <div class="blocks">

      """
    for block in blocks { append(block, to: &text) }
    text += "</div>\n</section>\n"
    return text
  }

  private func append(_ block: ResultBlock, to text: inout String) {
    let cell = block.cell
    let name =
      "\(cell.transport.rawValue)\(usual.differences(cell)), \(cell.operation.rawValue), \(cell.pattern.rawValue)"
    text += "<article id=\"\(anchor(of: block))\">\n<h3><a href=\"#\(anchor(of: block))\">\(HTMLText.escaped(name))"
    text += "</a></h3>\n"
    text += DotChart(block, name: name, unit: host.clockWord).text
    text += "<details><summary>The numbers</summary>\n"
    text += HTMLText.scrolling("Numbers of \(name)", table(block))
    text += "</details>\n</article>\n"
  }

  /// The medians of all metrics that are not 0 in the whole block: counters, latency, throughput, set-up and memory.
  private func table(_ block: ResultBlock) -> String {
    let metrics = Metric.allCases.filter { metric in
      !Self.uninteresting.contains(metric) && block.results.contains { $0.trials.contains { $0[metric] ?? 0 != 0 } }
    }
    let titles =
      ["mode", host.clockWord, "95 % interval", "trials", "disturbed"]
      + metrics.map { $0.rawValue.replacing("_", with: " ") }
    let rows = block.results.map { result -> String in
      let disturbed = result.trials.count { $0.disturbed != nil }
      let numbers = metrics.map { Self.median($0, of: result).map(Self.number) ?? "" }
      let reason = result.reason.map { "\(result.status.rawValue): \($0.message)" }
      let cost = reason ?? result.medianText
      let name = result.cell.mode.rawValue + (result.cell.implementation == .swift ? "" : " (C)")
      return HTMLText.row(name, [cost, result.intervalText, "\(result.trials.count)", "\(disturbed)"] + numbers)
    }
    return "<table>\n\(HTMLText.head(titles))<tbody>\n\(rows.joined())</tbody>\n</table>"
  }

  /// Where a trial ran, how long it was and how fast its core was says nothing about its cell.
  private static let uninteresting: Set<Metric> = [
    .operations, .bytes, .elapsedNs, .cpu, .plannedCPU, .peerCPU, .latencyCount, .stealFraction, .throttleEvents,
    .syscallNs, .computeNs, .undisturbedRounds,
  ]

  /// That of the summary, else that of all trials.
  private static func median(_ metric: Metric, of result: CellResult) -> Double? {
    if let summary = result.median(metric) { return summary }
    let values = result.trials.compactMap { $0[metric] }.sorted()
    guard !values.isEmpty else { return nil }
    return (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
  }

  private static func number(_ value: Double) -> String {
    Decimals.shortest(value, upTo: abs(value) < 10 ? 4 : abs(value) < 1000 ? 1 : 0)
  }
}
