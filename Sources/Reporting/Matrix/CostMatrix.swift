import Base
import Documents
import Vocabulary

/// The costs of one pattern at a glance: transports down, modes across, an operation beside the other.
///
/// In each row and operation the cheapest cell stands in the unit of the clock, and the others in per cent of it.
struct CostMatrix: Sendable {
  /// The modes of one operation, and a row's cells by mode.
  struct Column: Equatable, Sendable {
    var operation: Vocabulary.Operation
    var modes: [Mode]
  }

  struct Row: Sendable {
    var label: String
    var blocks: [Vocabulary.Operation: ResultBlock]
  }

  let pattern: Pattern
  let columns: [Column]
  let rows: [Row]

  /// The matrices of a run, in the order of its cells. Rows and columns without any number are left out.
  static func matrices(of results: [CellResult], usual: UsualValues) -> [CostMatrix] {
    let blocks = ResultBlock.blocks(of: results.filter { $0.cell.implementation == .swift })
    var order: [Pattern] = []
    for block in blocks where !order.contains(block.cell.pattern) { order.append(block.cell.pattern) }
    return order.map { pattern in CostMatrix(pattern, blocks.filter { $0.cell.pattern == pattern }, usual) }
      .filter { !$0.rows.isEmpty }
  }

  private init(_ pattern: Pattern, _ blocks: [ResultBlock], _ usual: UsualValues) {
    self.pattern = pattern
    var rows: [Row] = []
    for block in blocks where block.cheapest != nil {
      let label = block.cell.transport.rawValue + usual.differences(block.cell)
      let index = rows.firstIndex { $0.label == label } ?? rows.endIndex
      if index == rows.endIndex { rows.append(Row(label: label, blocks: [:])) }
      rows[index].blocks[block.cell.operation] = block
    }
    self.rows = rows
    columns = Vocabulary.Operation.allCases.compactMap { operation in
      let cells = rows.compactMap { $0.blocks[operation] }.flatMap(\.results)
      let modes = Mode.allCases.filter { mode in cells.contains { $0.cell.mode == mode && $0.median != nil } }
      return modes.isEmpty ? nil : Column(operation: operation, modes: modes)
    }
  }

  /// What stands in a cell: `601`, `+15%`, `~15%` where an interval is missing, `=`, or a mark for why there is no number.
  static func mark(_ mode: Mode, in block: ResultBlock?) -> String {
    guard let block, let result = block.results.first(where: { $0.cell.mode == mode }) else { return "" }
    guard let cheapest = block.cheapest, let excess = block.excess(of: result) else {
      switch result.status {
      case .failed: return "!"
      case .unsupported: return result.impossible == nil ? "*" : "-"
      case .ok: return "?"
      }
    }
    if result == cheapest { return result.medianText }
    guard result.isToldApart(from: cheapest), excess >= 0.5 else { return "=" }
    return "\(Self.isSure(result, cheapest) ? "+" : "~")\(Decimals.text(excess, 0))%"
  }

  /// Whether both have an interval. Counted instructions need none.
  private static func isSure(_ result: CellResult, _ cheapest: CellResult) -> Bool {
    if result.costMetric == .instructionsPerOperation { return true }
    return result.interval != nil && cheapest.interval != nil
  }
}

extension Pattern {
  /// What the numbers of a pattern are, for the left edge of its matrix.
  var matrixTitle: String {
    switch self {
    case .drain: "drain"
    case .armed: "armed"
    case .stream: "stream, CPU"
    case .pingpong: "pingpong, CPU"
    case .paced: "paced, p50"
    }
  }

  /// What a matrix's title means, in a few words.
  var matrixMeaning: String {
    switch self {
    case .drain: "data first"
    case .armed: "receives wait"
    case .stream: "a sender at work"
    case .pingpong: "there and back"
    case .paced: "at a fixed rate, late by"
    }
  }
}
