import Base
import Documents
import Vocabulary

/// A section for each block of comparable cells: every trial as a dot, and all numbers in a table behind a toggle.
struct PageBlocks: Sendable {
  private let blocks: [ResultBlock]
  private let anchors: [Cell: String]
  private let host: Host
  /// Whether the run has so many cells that a page with all numbers would be too large to open.
  private let isLarge: Bool
  private let usual: UsualValues
  private let facets: PageFacets
  /// The end of the axis that the blocks of an operation and pattern share.
  private let shared: [[String]: Double]

  init(_ document: ResultsDocument, usual: UsualValues, facets: PageFacets) {
    blocks = ResultBlock.blocks(of: document.cells).filter { $0.cheapest != nil }
    var anchors: [Cell: String] = [:]
    for (index, block) in blocks.enumerated() { anchors[block.cell] = "cells-\(index + 1)" }
    self.anchors = anchors
    host = document.host
    isLarge = document.cells.count > Self.many
    (self.usual, self.facets) = (usual, facets)
    shared = Self.shared(blocks)
  }

  /// The largest extent in each operation and pattern, without blocks that are so much dearer than most that they
  /// would squash the others.
  private static func shared(_ blocks: [ResultBlock]) -> [[String]: Double] {
    var extents: [[String]: [Double]] = [:]
    for block in blocks { extents[kind(block), default: []].append(DotChart.extent(of: block)) }
    return extents.mapValues { extents in
      let usual = extents.sorted()[extents.count / 2]
      return extents.filter { $0 <= 2.5 * usual }.max() ?? usual
    }
  }

  private static func kind(_ block: ResultBlock) -> [String] {
    [block.cell.operation.rawValue, block.cell.pattern.rawValue]
  }

  /// Where the block's section is.
  func anchor(of block: ResultBlock) -> String { anchors[block.cell] ?? "cells" }

  var text: String {
    guard !blocks.isEmpty else { return "" }
    let legend =
      "A dot is a trial, a diamond one that the machine disturbed, a triangle lies beyond the axis. The bar is the median "
      + "over the undisturbed trials, the line its 95 % interval. Axes begin at zero, and those of one operation and "
      + "pattern are alike unless they say otherwise."
      + (isLarge ? " The tables have a few metrics: results.csv has them all." : "")
    var articles = ""
    for block in blocks { append(block, to: &articles) }
    return HTMLText.section(
      "cells", "Every trial", HTMLText.paragraph(legend) + "<div class=\"blocks\">\n\(articles)</div>\n")
  }

  private func append(_ block: ResultBlock, to text: inout String) {
    let cell = block.cell
    let name =
      "\(cell.transport.rawValue)\(usual.differences(cell)), \(cell.operation.rawValue), \(cell.pattern.rawValue)"
    text +=
      "<article id=\"\(anchor(of: block))\" class=\"\(facets.classes(cell))\">\n<h3><a href=\"#\(anchor(of: block))\">\(HTMLText.escaped(name))"
    text += "</a></h3>\n"
    let extent = DotChart.extent(of: block)
    let most = shared[Self.kind(block)] ?? extent
    let isOwn = extent > most
    text += DotChart(block, name: name, unit: host.clockWord, upTo: isOwn ? extent : most, isOwnAxis: isOwn).text
    let (titles, rows) = table(block)
    text += HTMLText.numbers("Numbers of \(name)", titles, rows) + "</article>\n"
  }

  /// The medians of all metrics that are not 0 in the whole block: counters, latency, throughput, set-up and memory.
  private func table(_ block: ResultBlock) -> (titles: [String], rows: [String]) {
    let metrics = (isLarge ? Self.essential : Metric.allCases).filter { metric in
      !Self.uninteresting.contains(metric) && block.results.contains { $0.trials.contains { $0[metric] ?? 0 != 0 } }
    }
    let titles =
      ["mode", host.clockWord, "95 % interval", "trials", "disturbed"]
      + metrics.map(title)
    let rows = block.results.map { result -> String in
      let disturbed = result.trials.count { $0.disturbed != nil }
      let numbers = metrics.map { Self.median($0, of: result).map(Self.number) ?? "" }
      let reason = result.reason.map { "\(result.status.rawValue): \($0.message)" }
      let cost = reason ?? result.medianText
      return HTMLText.row(
        DotChart.name(result.cell), [cost, result.intervalText, "\(result.trials.count)", "\(disturbed)"] + numbers)
    }
    return (titles, rows)
  }

  private static let many = 2000

  /// What tables of a large run have.
  private static let essential: [Metric] = [
    .operationsPerSecond, .cpuNsPerOperation, .instructionsPerOperation, .entersPerOperation, .latencyP50, .latencyP99,
  ]

  /// `setup ns register`, or `setup instructions register` where the clock counts these.
  private func title(_ metric: Metric) -> String {
    let words = metric.rawValue.split(separator: "_").map {
      host.countsInstructions && $0 == "ns" ? "instructions" : $0
    }
    return words.joined(separator: " ")
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
