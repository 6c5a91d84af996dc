import Base
import Documents
import Glibc
import Histogram
import Statistics
import Vocabulary

/// Latency by percentile, from the merged counts of all trials that count: a chart for each block.
struct PageLatency: Sendable {
  private let blocks: [ResultBlock]
  private let usual: UsualValues
  private let facets: PageFacets
  private let unit: String

  init(_ document: ResultsDocument, usual: UsualValues, facets: PageFacets) {
    blocks = ResultBlock.blocks(of: document.cells.filter { $0.latencies != nil })
    (self.usual, self.facets) = (usual, facets)
    // Three zeros less, so that tails stay readable.
    unit = document.host.countsInstructions ? "thousand instructions" : "us"
  }

  var text: String {
    guard !blocks.isEmpty else { return "" }
    let explanation =
      "Each line reaches as far as ten messages lie beyond it, and at least to the 90th percentile. Round trips are timed from send to receive, "
      + "paced messages from when they should have been sent."
    let articles = blocks.map(article).joined()
    return HTMLText.section(
      "latency", "Latency by percentile",
      HTMLText.paragraph(explanation) + "<div class=\"blocks\">\n\(articles)</div>\n")
  }

  private func article(_ block: ResultBlock) -> String {
    let cell = block.cell
    let name =
      "\(cell.transport.rawValue)\(usual.differences(cell)), \(cell.operation.rawValue), \(cell.pattern.rawValue)"
    let curves = block.results.compactMap { result in result.latencies.map { (result, LatencyCurve($0)) } }
    let values = curves.flatMap { $0.1.points.map(\.y) }
    let (least, most) = (values.min() ?? 1, values.max() ?? 1)
    let chart = LineChart(
      title: "Latency of \(name) by percentile",
      lines: curves.map { LineChart.Line(mode: $0.cell.mode, name: $0.cell.mode.rawValue, points: $1.points) },
      x: .percentiles(upTo: curves.map { $0.1.end }.max() ?? 10),
      y: most > 8 * least ? .logarithmic(from: least, to: most) : .linear(to: most),
      xTitle: "percentile", yTitle: most > 8 * least ? "\(unit), logarithmic" : unit, marksPoints: false)
    let rows = curves.map { result, curve in HTMLText.row(result.cell.mode.rawValue, curve.numbers) }
    return "<article class=\"\(facets.classes(cell))\">\n<h3>\(HTMLText.escaped(name))</h3>\n\(chart.text)"
      + HTMLText.numbers(
        "Latency of \(name)", ["mode"] + LatencyCurve.titles.map { "\($0), \(unit)" } + ["messages"], rows)
      + "</article>\n"
  }
}

/// A distribution as points over 1/(1-p).
private struct LatencyCurve: Sendable {
  private let count: UInt64
  private let most: UInt64
  /// The highest value of each bucket, and how many messages lie at or below it.
  private let steps: [(value: UInt64, below: UInt64)]

  init(_ histogram: Histogram<UInt64>) {
    (count, most) = (histogram.totalCount, histogram.maxRecorded)
    var below: UInt64 = 0
    steps = histogram.recordedValues().map { bucket in
      below += bucket.count
      return (histogram.highestEquivalentForValue(bucket.value), below)
    }
  }

  /// How far the count supports percentiles, as 1/(1-p).
  var end: Double { min(10_000, max(10, Double(count) / 10)) }

  var points: [(x: Double, y: Double)] {
    let steps = 48
    return (0...steps).map { step in
      let x = 2 * pow(end / 2, Double(step) / Double(steps))
      return (x, value(1 - 1 / x) / 1000)
    }
  }

  static let titles = ["p50", "p90", "p99", "p99.9", "max"]

  var numbers: [String] {
    let values = [0.5, 0.9, 0.99, 0.999].map(value) + [Double(most)]
    return values.map { Decimals.text($0 / 1000, 1) } + ["\(count)"]
  }

  /// The least recorded value that this part of the messages does not exceed.
  private func value(_ part: Double) -> Double {
    let rank = max(1, UInt64((part * Double(count) - 1e-9).rounded(.up)))
    var (low, high) = (0, steps.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].below >= rank { high = middle } else { low = middle + 1 }
    }
    return steps.isEmpty ? 0 : Double(min(steps[low].value, most))
  }
}

extension CellResult {
  /// The latencies of all trials that count, merged; nil where none were recorded.
  var latencies: Histogram<UInt64>? {
    MergedLatency.histogram(TrialSummary.counted(trials).compactMap { $0.measurements?.latency?.histogram })
  }
}
