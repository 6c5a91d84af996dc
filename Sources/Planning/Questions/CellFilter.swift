package import Vocabulary

/// The cells that have certain values on certain axes.
package struct CellFilter: Hashable, Sendable {
  package var lists = AxisLists()
  /// `local` or `remote` memory; nil for both.
  package var placement: PlacementChoice?

  package init() {}

  package func matches(_ cell: Cell) -> Bool {
    func has<Value: Equatable>(_ values: [Value]?, _ value: Value) -> Bool { values?.contains(value) ?? true }
    let isPlaced =
      switch placement {
      case nil, .all: true
      case .local: cell.cpuNode == cell.memoryNode
      case .remote: cell.cpuNode != cell.memoryNode
      }
    return isPlaced && has(lists.modes, cell.mode) && has(lists.transports, cell.transport)
      && has(lists.operations, cell.operation) && has(lists.patterns, cell.pattern)
      && lists.numbers.allSatisfy { axis, values in cell[axis].map(values.contains) ?? false }
  }

  /// The cell with one fixed value on each axis that the filter names: cells that differ on these alone become equal.
  package func forgotten(in cell: Cell) -> Cell {
    var key = cell
    if lists.modes != nil { key.mode = .plain }
    if lists.transports != nil { key.transport = .tcp }
    if lists.operations != nil { key.operation = .oneshot }
    if lists.patterns != nil { (key.pattern, key.rate) = (.drain, nil) }
    for axis in lists.numbers.keys { key[axis] = axis.defaultValue }
    if placement != nil { key.memoryNode = key.cpuNode }
    return key
  }
}
