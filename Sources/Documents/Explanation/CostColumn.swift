/// What a profile counts.
package enum CostColumn: String, CaseIterable, Codable, Hashable, Sendable {
  case instructions
  /// Bytes that string moves (`rep movs`, `rep stos`) wrote.
  case stringBytes = "string_bytes"
  /// Steps of string moves. A step writes one element, and a last one finds that none is left. Each counts as an instruction.
  case stringSteps = "string_steps"
  /// Misses of the simulated first data cache, first instruction cache and last cache.
  case dataMisses = "l1d_misses"
  case instructionMisses = "l1i_misses"
  case lastLevelMisses = "ll_misses"
  /// Branches that the simulated predictor got wrong.
  case mispredictions
  /// Instructions with a lock prefix, and exchanges with memory.
  case lockedOperations = "locked_operations"

  /// The title of a table's column.
  package var title: String {
    switch self {
    case .instructions: "instructions"
    case .stringBytes: "string bytes"
    case .stringSteps: "string steps"
    case .dataMisses: "L1d misses"
    case .instructionMisses: "L1i misses"
    case .lastLevelMisses: "LL misses"
    case .mispredictions: "mispredicted"
    case .lockedOperations: "locked"
    }
  }

  /// The columns that every profile has.
  package static let always: [CostColumn] = [.instructions, .stringBytes, .stringSteps]
}

/// A count for each column of a profile.
package struct CostCounts: Hashable, Sendable {
  private var counts: [Int]

  package init() { counts = Array(repeating: 0, count: CostColumn.allCases.count) }

  package subscript(column: CostColumn) -> Int {
    get { counts[Self.place(column)] }
    set { counts[Self.place(column)] = newValue }
  }

  package static func += (sum: inout CostCounts, other: CostCounts) {
    for place in sum.counts.indices { sum.counts[place] += other.counts[place] }
  }

  private static func place(_ column: CostColumn) -> Int { CostColumn.allCases.firstIndex(of: column) ?? 0 }
}
