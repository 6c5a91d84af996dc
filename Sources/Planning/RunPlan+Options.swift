package import Base
package import Documents
import Vocabulary

extension RunPlan {
  /// Decides everything about a run, on a machine with the given nodes.
  package init(_ options: RunOptions, nodes: [HostNode]) throws(RingbenchError) {
    let suite = try SuiteLibrary.suite(options.suite).narrowed(by: options.lists)
    let pairs = try NodePair.pairs(options.nodes, options.placement ?? suite.placement ?? .local, of: nodes)
    var cells = try suite.cells(on: pairs)
    for axis in options.lists.numbers.keys {
      guard let owner = axis.pattern?.rawValue, !cells.contains(where: { $0.cell.pattern == axis.pattern }) else {
        continue
      }
      let right = "add --pattern \(owner), or leave \(axis.option) out"
      throw RingbenchError.badInput("\(axis.option): only pattern \(owner) has a \(axis.rawValue): \(right)")
    }
    if let directory = options.directory { try InputFolder.check(directory, option: "--directory") }
    for index in cells.indices {
      if let trials = options.trials { cells[index].trials = trials }
      if let length = options.length { cells[index].length = length }
    }
    // Below 2^32, so that readers that parse JSON numbers as doubles get it exactly.
    let seed = options.seed ?? UInt64(UInt32.random(in: .min ... .max))
    self.init(
      suite: suite.name, seed: seed, cells: cells, blocks: Self.blocks(of: cells, seed: seed),
      directory: options.directory, trialTimeout: options.trialTimeout, precision: options.precision)
    label = options.label
  }

  /// Trial 0 of all cells, then trial 1 and so on, each block in random order: drift hits all modes alike.
  package static func blocks(of cells: [PlannedCell], seed: UInt64) -> [[Int]] {
    var generator = SplitMix64(seed: seed)
    let count = cells.map(\.trials).max() ?? 0
    return (0..<count).map { trial in
      cells.indices.filter { cells[$0].trials > trial }.shuffled(using: &generator)
    }
  }

  /// Roughly how many seconds the run takes: the start of each trial, 60 microseconds to open a connection, about 2 a
  /// message and about 20 a round trip.
  package var estimatedSeconds: Double {
    cells.reduce(0) { sum, planned in
      let measuring: Double =
        switch planned.length {
        case .duration(let seconds): seconds
        case .rounds(let rounds):
          Double(rounds * planned.cell.messagesPerRound) * (planned.cell.pattern.isRoundTrip ? 2e-5 : 2e-6)
        }
      return sum + Double(planned.trials) * (0.04 + Double(planned.cell.connections) * 6e-5 + measuring)
    }
  }
}
