extension CallProfile {
  /// What a function costs over all its paths.
  package struct FunctionCost: Hashable, Sendable {
    package var name: String
    package var own = CostCounts()
    /// Instructions of the function and of all that it calls, once for each path even where it calls itself.
    package var inclusive = 0
  }

  /// The functions by name, in the order of their own instructions, the largest first.
  package var functions: [FunctionCost] {
    var costs: [String: FunctionCost] = [:]
    for root in roots { root.add(to: &costs, callers: []) }
    return costs.values.sorted {
      ($1.own[.instructions], $0.name) < ($0.own[.instructions], $1.name)
    }
  }

  /// Instructions of all explained rounds: those of the functions and the constant.
  package var instructions: Int { roots.reduce(constant) { $0 + $1.inclusive } }

  /// A count per operation.
  package func perOperation(_ count: Int) -> Double { Double(count) / Double(max(operations, 1)) }
}

extension CallProfile.Node {
  /// Its instructions, and those of all that it calls on this path.
  package var inclusive: Int { children.reduce(own[.instructions]) { $0 + $1.inclusive } }

  /// - Returns: the instructions of the node and of what it calls.
  @discardableResult
  fileprivate func add(to costs: inout [String: CallProfile.FunctionCost], callers: Set<String>) -> Int {
    let path = callers.union([name])
    let sum = children.reduce(own[.instructions]) { $0 + $1.add(to: &costs, callers: path) }
    costs[name, default: CallProfile.FunctionCost(name: name)].own += own
    if !callers.contains(name) { costs[name]?.inclusive += sum }
    return sum
  }
}
