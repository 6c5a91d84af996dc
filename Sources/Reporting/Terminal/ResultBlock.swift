import Base
import Documents
import Statistics
import Vocabulary

/// Cells that differ in the mode alone, and so may be ranked.
struct ResultBlock: Sendable {
  var results: [CellResult]

  /// The blocks of a run, in the order of its cells.
  static func blocks(of results: [CellResult]) -> [ResultBlock] {
    var order: [Cell] = []
    var blocks: [Cell: [CellResult]] = [:]
    for result in results {
      var key = result.cell
      key.mode = .plain
      key.implementation = .swift
      if blocks[key] == nil { order.append(key) }
      blocks[key, default: []].append(result)
    }
    return order.map { ResultBlock(results: blocks[$0] ?? []) }
  }

  /// A cell that stands for what all cells of the block have in common.
  var cell: Cell { results[0].cell }

  /// The cell with the least cost of an operation, of those that have any.
  var cheapest: CellResult? {
    results.filter { $0.median != nil }.min { ($0.median ?? 0) < ($1.median ?? 0) }
  }

  /// How many percent more than the cheapest a cell takes.
  func excess(of result: CellResult) -> Double? {
    guard let cheapest = cheapest?.median, let median = result.median, cheapest > 0 else { return nil }
    return (median / cheapest - 1) * 100
  }
}

extension CellResult {
  /// The median of a metric; nil where there is none.
  func median(_ metric: Metric) -> Double? { summary[metric.rawValue]?.median }

  /// What an operation costs, in the unit of the run's clock.
  var median: Double? { cost?.median }

  var interval: [Double]? { cost?.ci95 }

  /// The number for people: `601` or `23.4`.
  var medianText: String { median.map(Self.number) ?? "" }

  /// `[598, 603]`, or nothing where too few trials give no interval.
  var intervalText: String {
    interval.map { "[" + $0.map(Self.number).joined(separator: ", ") + "]" } ?? ""
  }

  private static func number(_ value: Double) -> String { Decimals.text(value, value < 100 ? 1 : 0) }
}
