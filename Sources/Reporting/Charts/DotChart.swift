import Base
import Documents
import Vocabulary

/// The trials of a block on one axis from zero, as inline SVG: a row for each mode, labelled directly.
struct DotChart: Sendable {
  private let results: [CellResult]
  private let name: String
  private let unit: String
  private let axis: LinearAxis
  /// Whether the axis is longer than that of the charts beside it.
  private let isOwnAxis: Bool

  private static let (left, right, width) = (118.0, 496.0, 560)
  private static let rowHeight = 24.0

  /// - Parameter most: the end of the axis. Trials beyond it are marked at the edge.
  init(_ block: ResultBlock, name: String, unit: String, upTo most: Double, isOwnAxis: Bool = false) {
    results = block.results.filter { $0.median != nil }
    (self.name, self.unit) = (name, unit)
    axis = LinearAxis(to: most)
    self.isOwnAxis = isOwnAxis
  }

  /// The mode, and the program where it is not ours.
  static func name(_ cell: Cell) -> String {
    cell.mode.rawValue + (cell.implementation == .swift ? "" : " \(cell.implementation.rawValue)")
  }

  /// The largest value that a block's axis must show: medians, intervals and trials, but no trial so far out that it
  /// would squash all others.
  static func extent(of block: ResultBlock) -> Double {
    let results = block.results.filter { $0.median != nil }
    let median = results.compactMap(\.median).max() ?? 1
    let values = results.flatMap { result in
      result.costMetric.map { metric in result.trials.compactMap { $0[metric] } } ?? []
    }
    let near = values.filter { $0 <= median * Self.outlying }
    return (near + results.compactMap { $0.interval?[1] } + [median]).max() ?? 1
  }

  /// A trial that took this many times the dearest mode's median is beyond the axis.
  private static let outlying = 1.6

  var text: String {
    let bottom = Self.rowHeight * Double(results.count) + 4
    let label = "\(name): the cheapest of \(results.count) is \(cheapest)"
    var text = "<svg viewBox=\"0 0 \(Self.width) \(Int(bottom) + 34)\" role=\"img\">"
    text += "<title>\(HTMLText.escaped(label))</title>\n"
    text += "<path class=\"grid\" d=\"\(axis.ticks.map { "M\(position($0)) 0v\(Int(bottom))" }.joined())\"/>\n"
    text += "<g class=\"tick\">"
    for tick in axis.ticks {
      text += "<text x=\"\(whole(tick))\" y=\"\(Int(bottom) + 14)\">\(Decimals.shortest(tick))</text>"
    }
    text += "</g>\n"
    let middle = position(axis.end / 2)
    text +=
      "<text class=\"tick\" x=\"\(middle)\" y=\"\(Int(bottom) + 30)\">\(HTMLText.escaped(isOwnAxis ? "\(unit), an axis of its own" : unit))</text>\n"
    for (index, result) in results.enumerated() { append(result, row: index, to: &text) }
    text += "</svg>\n"
    return text
  }

  private var cheapest: String {
    let best = results.min { ($0.median ?? 0) < ($1.median ?? 0) }
    return best.map { "\(Self.name($0.cell)) with \($0.medianText) \(unit)" } ?? ""
  }

  private func append(_ result: CellResult, row: Int, to text: inout String) {
    let y = Int(Self.rowHeight * Double(row) + Self.rowHeight / 2)
    text += "<g class=\"m-\(result.cell.mode.rawValue)\">"
    text += "<text class=\"mode\" x=\"\(Int(Self.left) - 10)\" y=\"\(y + 4)\">\(Self.name(result.cell))</text>"
    if let metric = result.costMetric {
      // One path for all dots: a page of ten thousand cells must stay small.
      let beyond = result.trials.count { $0[metric] ?? 0 > axis.end }
      let shown = result.trials.filter { $0[metric] ?? 0 <= axis.end }
      let quiet = shown.filter { $0.disturbed == nil }.compactMap { $0[metric] }
      let disturbed = shown.filter { $0.disturbed != nil }.compactMap { $0[metric] }
      if !quiet.isEmpty {
        text += "<path class=\"dots\" d=\"\(quiet.map { "M\(position($0)) \(y)h0" }.joined())\"/>"
      }
      if !disturbed.isEmpty {
        let diamonds = disturbed.map { "M\(whole($0)) \(y - 3)l3 3-3 3-3-3z" }
        text += "<path class=\"hollow\" d=\"\(diamonds.joined())\"/>"
      }
      if beyond > 0 {
        text += "<path class=\"hollow\" d=\"M\(Int(Self.right) + 4) \(y - 4)l6 4l-6 4z\"><title>"
        text += "\(beyond) beyond the axis</title></path>"
      }
    }
    if let interval = result.interval {
      text += "<path class=\"interval\" d=\"M\(position(interval[0])) \(y)H\(position(interval[1]))\"/>"
    }
    if let median = result.median {
      text += "<path class=\"median\" d=\"M\(position(median)) \(y - 8)v16\"/>"
      text += "<text class=\"value\" x=\"\(Self.width)\" y=\"\(y + 4)\">\(result.medianText)</text>"
    }
    text += "</g>\n"
  }

  private func whole(_ value: Double) -> String { Decimals.text(place(value), 0) }

  private func position(_ value: Double) -> String {
    Decimals.shortest(place(value), upTo: 1)
  }

  private func place(_ value: Double) -> Double {
    Self.left + (Self.right - Self.left) * min(1, max(0, value / axis.end))
  }
}
