import Base
import Documents
import Vocabulary

extension Suite {
  /// All cells of the suite on every pair of nodes, each once. Where groups overlap, the first group decides.
  ///
  /// The mode changes fastest, so that cells to compare lie together.
  func cells(on pairs: [NodePair]) throws(RingbenchError) -> [PlannedCell] {
    var seen: Set<String> = []
    var cells: [PlannedCell] = []
    for group in groups {
      for cell in group.cells(on: pairs) where seen.insert(cell.id).inserted {
        if let problem = cell.problem { throw group.error(problem) }
        cells.append(PlannedCell(cell: cell, trials: group.trials, length: group.length))
      }
    }
    return cells
  }
}

extension SuiteGroup {
  fileprivate func cells(on pairs: [NodePair]) -> [Cell] {
    shapes.flatMap { shape in
      numbers(for: shape.pattern).flatMap { numbers in
        pairs.flatMap { pair in
          variants.map { Cell(shape: shape, variant: $0, numbers: numbers, pair: pair) }
        }
      }
    }
  }

  /// All combinations of transport, operation and pattern.
  private var shapes: [CellShape] {
    axes.transports.flatMap { transport in
      axes.operations.flatMap { operation in
        axes.patterns.map { CellShape(transport: transport, operation: operation, pattern: $0) }
      }
    }
  }

  /// All combinations of mode and implementation: these are compared.
  private var variants: [CellVariant] {
    axes.modes.flatMap { mode in axes.implementations.map { CellVariant(mode: mode, implementation: $0) } }
  }

  /// The cross product of the numeric axes; some belong to one pattern alone.
  private func numbers(for pattern: Pattern) -> [[NumberAxis: Int]] {
    var product: [[NumberAxis: Int]] = [[:]]
    for axis in NumberAxis.allCases where axis.pattern == nil || axis.pattern == pattern {
      let values = axes.values(axis)
      guard !values.isEmpty else { continue }
      product = product.flatMap { row in values.map { row.merging([axis: $0]) { $1 } } }
    }
    return product
  }
}

private struct CellShape {
  var transport: Transport
  var operation: Operation
  var pattern: Pattern
}

private struct CellVariant {
  var mode: Mode
  var implementation: Implementation
}

extension Cell {
  fileprivate init(shape: CellShape, variant: CellVariant, numbers: [NumberAxis: Int], pair: NodePair) {
    self.init(
      transport: shape.transport, mode: variant.mode, operation: shape.operation, pattern: shape.pattern,
      numbers: numbers, cpuNode: pair.cpu, memoryNode: pair.memory, implementation: variant.implementation)
  }
}
