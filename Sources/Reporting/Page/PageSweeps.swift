import Base
import Documents
import Vocabulary

/// What happens along an axis of numbers: throughput against message size, latency against the offered rate, and the
/// cost of a message against the others. A chart where cells that are alike but for one axis have three values on it.
struct PageSweeps: Sendable {
  private struct Sweep: Sendable {
    var axis: NumberAxis
    /// In the order of the axis.
    var values: [Int]
    var results: [CellResult]
  }

  private let sweeps: [Sweep]
  private let host: Host
  private let usual: UsualValues
  private let facets: PageFacets

  init(_ document: ResultsDocument, usual: UsualValues, facets: PageFacets) {
    host = document.host
    (self.usual, self.facets) = (usual, facets)
    let results = document.cells.filter { $0.cell.implementation == .swift && $0.cost != nil }
    sweeps = NumberAxis.allCases.flatMap { Self.sweeps(results, $0) }
  }

  /// A table with more columns than this helps nobody.
  private static let most = 40

  private static func sweeps(_ results: [CellResult], _ axis: NumberAxis) -> [Sweep] {
    var order: [Cell] = []
    var groups: [Cell: [CellResult]] = [:]
    for result in results where result.cell[axis] != nil {
      var key = result.cell
      (key.mode, key[axis]) = (.plain, axis.defaultValue)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(result)
    }
    return order.compactMap { key in
      let results = groups[key] ?? []
      let values = Set(results.compactMap { $0.cell[axis] }).sorted()
      return (3...most).contains(values.count) ? Sweep(axis: axis, values: values, results: results) : nil
    }
  }

  var text: String {
    guard !sweeps.isEmpty else { return "" }
    let articles = sweeps.flatMap { sweep in measures(sweep).map { article(sweep, $0) } }.joined()
    return HTMLText.section("sweeps", "Along the axes", "<div class=\"blocks\">\n\(articles)</div>\n")
  }

  /// What is shown over an axis.
  private struct Measure {
    var name: String
    var unit: String
    var value: (CellResult) -> Double?
  }

  private func measures(_ sweep: Sweep) -> [Measure] {
    let cost = Measure(name: "cost of a message", unit: host.clockWord) { $0.median }
    switch sweep.axis {
    case .rate:
      let unit = host.countsInstructions ? "thousand instructions" : "us"
      return [(Metric.latencyP50, "median latency"), (.latencyP99, "p99 of latency")].map { metric, name in
        Measure(name: name, unit: unit) { $0.median(metric).map { $0 / 1000 } }
      }
    case .messageSize where sweep.results.contains { $0.median(.bytesPerSecond) != nil }:
      return [Measure(name: "throughput", unit: "MB/s") { $0.median(.bytesPerSecond).map { $0 / 1e6 } }]
    default: return [cost]
    }
  }

  private func article(_ sweep: Sweep, _ measure: Measure) -> String {
    let cell = sweep.results[0].cell
    let differences = usual.differences(cell, without: sweep.axis)
    let place = "\(cell.transport.rawValue)\(differences), \(cell.operation.rawValue), \(cell.pattern.rawValue)"
    let name = "\(place): \(measure.name) over \(sweep.axis.words)"
    let modes = Mode.allCases.filter { mode in sweep.results.contains { $0.cell.mode == mode } }
    let lines = modes.map { mode in
      let points = sweep.results.filter { $0.cell.mode == mode }.compactMap { result -> (x: Double, y: Double)? in
        guard let x = result.cell[sweep.axis], let y = measure.value(result) else { return nil }
        return (Double(x), y)
      }
      return LineChart.Line(mode: mode, name: mode.rawValue, points: points.sorted { $0.x < $1.x })
    }.filter { !$0.points.isEmpty }
    let values = lines.flatMap { $0.points.map(\.y) }
    let (least, most) = (values.min() ?? 1, values.max() ?? 1)
    let isWide = most > 30 * least && least > 0
    let chart = LineChart(
      title: name, lines: lines, x: .values(sweep.values) { Self.label($0, sweep.axis) },
      y: isWide ? .logarithmic(from: least, to: most) : .linear(to: most), xTitle: sweep.axis.words,
      yTitle: isWide ? "\(measure.unit), logarithmic" : measure.unit)
    let rows = lines.map { line in
      HTMLText.row(
        line.name,
        sweep.values.map { value in
          line.points.first { $0.x == Double(value) }.map { Decimals.shortest($0.y, upTo: $0.y < 100 ? 2 : 0) } ?? ""
        })
    }
    let classes = facets.classes(cell, only: ["transport", "operation", "pattern"])
    return "<article class=\"\(classes)\">\n<h3>\(HTMLText.escaped(name))</h3>\n\(chart.text)"
      + HTMLText.numbers(name, ["\(measure.unit)"] + sweep.values.map { Self.label($0, sweep.axis) }, rows)
      + "</article>\n"
  }

  /// `64k` for sizes, and the number itself.
  private static func label(_ value: Int, _ axis: NumberAxis) -> String {
    switch axis.unit {
    case .word, .fraction, .choice, .count(_, zero: .some): return axis.word(value)
    case .bytes, .count: break
    }
    if value >= 1 << 20, value.isMultiple(of: 1 << 20), axis != .rate { return "\(value >> 20)M" }
    if value >= 1024, value.isMultiple(of: 1024), axis != .rate { return "\(value >> 10)k" }
    return "\(value)"
  }
}

extension NumberAxis {
  /// `message size`.
  var words: String { rawValue.replacing("-", with: " ") }
}
