import Documents
import Planning
import Statistics
import TestSupport
import Vocabulary

@testable import Answering

/// Made-up results of the suites with questions.
enum Asked {
  /// Two nodes, so that no suite lacks any.
  static let nodes = [0, 1].map { HostNode(id: $0, cpus: [$0], memoryBytes: 1 << 30, distances: [10, 20]) }

  /// Only one question is about nodes.
  static func usualNodes(_ name: String) -> [HostNode] { name == "nodes" ? nodes : Sample.host.nodes }

  static func plan(_ name: String, nodes: [HostNode]? = nil) throws -> RunPlan {
    var options = RunOptions(command: [])
    options.suite = name
    options.seed = 1
    return try RunPlan(options, nodes: nodes ?? usualNodes(name))
  }

  /// A document in which each trial of a cell costs what the closure says, in nanoseconds and in instructions.
  ///
  /// - Parameter change: sets other numbers of a trial.
  static func document(
    _ name: String, nodes: [HostNode]? = nil, trials: Int? = nil,
    change: (Cell, inout Measurements) -> Void = { _, _ in }, cost: (Cell, Int) -> Double?
  ) throws -> ResultsDocument {
    var document = Sample.document(
      try plan(name, nodes: nodes).cells.map { planned in
        let cell = planned.cell
        guard cost(cell, 0) != nil else {
          return CellResult(cell: cell, status: .unsupported, reason: Sample.unsupported)
        }
        let all = (0..<(trials ?? planned.trials)).map { index -> Trial in
          // A few tenths of a percent around the cost, unlike in any two cells.
          let spread = Double((index * 7 + cell.id.utf8.reduce(0) { $0 &+ Int($1) }) % 11 - 5) / 2000
          let value = (cost(cell, index) ?? 0) * (1 + spread)
          var numbers = Sample.measurements(ns: value)
          numbers[.cpuNsPerOperation] = value
          numbers[.jainIndex] = 0.97 + spread
          numbers[.longestWait] = 12
          numbers[.kernelBytes] = 4096
          numbers[.waitingBytes] = 0
          change(cell, &numbers)
          return Trial(index: index, order: index, outcome: .ok(numbers))
        }
        return CellResult(cell: cell, status: .ok, trials: all)
      })
    document.suite = name
    document.host.nodes = nodes ?? usualNodes(name)
    return document
  }

  /// The same run in a guest that counts instructions.
  static func counted(_ document: ResultsDocument) -> ResultsDocument {
    var document = document
    document.host.deterministic = true
    document.host.clockUnit = .instructions
    for cell in document.cells.indices {
      for trial in document.cells[cell].trials.indices {
        var numbers = document.cells[cell].trials[trial].measurements ?? Measurements()
        numbers[.instructionsPerOperation] = numbers[.nsPerOperation].map { ($0 * 3).rounded() }
        (numbers[.nsPerOperation], numbers[.cpuNsPerOperation]) = (nil, nil)
        document.cells[cell].trials[trial].outcome = .ok(numbers)
      }
    }
    return document
  }

  static func finding(_ step: AnswerStep, _ document: ResultsDocument) -> Finding {
    let one = step.answering
    let pairs = one.pairs(document.cells)
    let judged = zip(pairs, AskedPair.judged(pairs.map(\.asked), on: document.host)).map {
      JudgedPair(pair: $0, comparison: $1)
    }
    return one.finding(Evidence(cells: document.cells, pairs: judged, host: document.host))
  }
}
