import Vocabulary

/// The axes on which the cells of a run differ beyond transport, mode, operation and pattern.
///
/// An axis with one value in all cells gets no column.
struct VaryingAxes: Sendable {
  let axes: [NumberAxis]
  let nodes: Bool

  init(_ cells: [Cell]) {
    axes = NumberAxis.allCases.filter { axis in Set(cells.map { $0[axis] }).count > 1 }
    nodes = Set(cells.map { [$0.cpuNode, $0.memoryNode] }).count > 1
  }

  private init(axes: [NumberAxis], nodes: Bool) { (self.axes, self.nodes) = (axes, nodes) }

  /// The same without some of the axes.
  func leaving(_ others: [NumberAxis]) -> VaryingAxes {
    VaryingAxes(axes: axes.filter { !others.contains($0) }, nodes: nodes)
  }

  var titles: [String] { axes.map(\.rawValue) + (nodes ? ["cpu/memory node"] : []) }

  func values(_ cell: Cell) -> [String] {
    axes.map { axis in cell[axis].map(axis.word) ?? "" }
      + (nodes ? ["\(cell.cpuNode)/\(cell.memoryNode)"] : [])
  }

  /// The values in words, such as `message-size 64, batch 16`.
  func text(_ cell: Cell) -> String {
    zip(titles, values(cell)).filter { !$0.1.isEmpty }.map { "\($0) \($1)" }.joined(separator: ", ")
  }
}
