import Results

extension Suite {
  /// All cells of the suite on every pair of nodes, each once; where groups overlap the first one decides.
  ///
  /// The mode changes fastest, so that what is compared lies together.
  func cells(on pairs: [NodePair]) throws(InputError) -> [PlannedCell] {
    var seen: Set<String> = []
    var cells: [PlannedCell] = []
    for group in groups {
      for cell in group.cells(on: pairs) where seen.insert(cell.id).inserted {
        try CellRules.check(cell, from: group)
        cells.append(PlannedCell(cell: cell, trials: group.trials, length: group.length))
      }
    }
    return cells
  }
}

extension SuiteGroup {
  fileprivate func cells(on pairs: [NodePair]) -> [Cell] {
    var cells: [Cell] = []
    for transport in axes.transports {
      for operation in axes.operations {
        for pattern in axes.patterns {
          for numbers in numbers(for: pattern) {
            for pair in pairs {
              for mode in axes.modes {
                for implementation in axes.implementations {
                  cells.append(
                    Cell(
                      transport: transport, mode: mode, operation: operation, pattern: pattern, numbers: numbers,
                      pair: pair, implementation: implementation))
                }
              }
            }
          }
        }
      }
    }
    return cells
  }

  /// The cross product of the numeric axes; a rate belongs to `paced` alone.
  private func numbers(for pattern: Pattern) -> [[NumberAxis: Int]] {
    var product: [[NumberAxis: Int]] = [[:]]
    for axis in NumberAxis.allCases where axis != .rate || pattern == .paced {
      let values = axes.values(axis)
      guard !values.isEmpty else { continue }
      product = product.flatMap { row in values.map { row.merging([axis: $0]) { $1 } } }
    }
    return product
  }
}

extension Cell {
  fileprivate init(
    transport: Transport, mode: Mode, operation: Operation, pattern: Pattern, numbers: [NumberAxis: Int],
    pair: NodePair, implementation: Implementation
  ) {
    func number(_ axis: NumberAxis) -> Int { numbers[axis] ?? axis.defaultValue ?? 0 }
    self.init(
      transport: transport, mode: mode, operation: operation, pattern: pattern, messageSize: number(.messageSize),
      bufferSize: number(.bufferSize), buffers: number(.buffers), batch: number(.batch),
      connections: number(.connections), rate: numbers[.rate], cpuNode: pair.cpu, memoryNode: pair.memory,
      implementation: implementation)
  }
}
