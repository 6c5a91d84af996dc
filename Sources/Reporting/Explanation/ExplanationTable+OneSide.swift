import Documents

/// The tables of one side.
extension ExplanationTable {
  /// The functions by what they cost themselves.
  var functions: String {
    let (all, whole) = (explained.last.functions.filter { $0.own > 0 }, explained.last.instructionsPerOperation)
    let rows = all.prefix(Self.mostRows).map { function in
      Self.row(
        function.name,
        [
          CostText.aligned(function.own), CostText.share(function.own, of: whole), CostText.aligned(function.inclusive),
          CostText.share(function.inclusive, of: whole),
        ])
    }
    let rest = all.dropFirst(Self.mostRows)
    let more = rest.isEmpty ? "" : "\(rest.count) more functions: \(CostText.number(rest.reduce(0) { $0 + $1.own }))\n"
    let clock = explained.last.constant
    let constant =
      clock > 0 ? Self.row(FunctionName.clock, [CostText.aligned(clock), CostText.share(clock, of: whole)]) : ""
    return Self.row("Function", ["self ", "%", "inclusive ", "%"]) + rows.joined() + more + constant
      + "Total: \(CostText.exact(whole))\n"
  }

  /// What else was counted: a table of its own, as there are up to seven columns.
  var further: String {
    let columns = explained.further
    let functions = explained.last.functions.filter { function in columns.contains { (function.further[$0] ?? 0) > 0 } }
    guard !functions.isEmpty else { return "" }
    let width = (Self.width - 24) / max(columns.count, 5)
    let rows = functions.prefix(Self.mostRows).map { function in
      Self.row(
        function.name, columns.map { function.further[$0].map(CostText.aligned) ?? Self.nothing }, name: 24,
        width: width)
    }
    let sums = columns.compactMap { explained.totals($0).last }
    let head = Self.row("Function", columns.map { $0.shortTitle + " " }, name: 24, width: width)
    return "\n" + head + rows.joined()
      + Self.row("Total of all functions", sums.map(CostText.aligned), name: 24, width: width)
  }
}

extension CostColumn {
  /// For a narrow column.
  var shortTitle: String {
    switch self {
    case .instructions: "instr."
    case .stringBytes: "str.bytes"
    case .stringSteps: "str.steps"
    case .dataMisses: "L1d miss"
    case .instructionMisses: "L1i miss"
    case .lastLevelMisses: "LL miss"
    case .mispredictions: "mispred."
    case .lockedOperations: "locked"
    }
  }
}
