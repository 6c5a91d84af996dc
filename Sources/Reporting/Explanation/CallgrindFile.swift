import Base
package import Documents

/// A profile in callgrind's format (valgrind's manual, `cl-format.html`), which `callgrind_annotate` and KCachegrind
/// read. Costs are sums over all explained rounds.
///
/// callgrind_annotate adds up what a function costs where it is called, so each such cost is there once for a path: a
/// call of a function that is already running costs nothing, and what has no caller is called by a function of no cost.
package struct CallgrindFile: Sendable {
  private let profile: CallProfile
  private let columns: [CostColumn]

  package init(_ profile: CallProfile) {
    self.profile = profile.joined
    columns = [.instructions] + profile.columns.filter { $0 != .instructions }
  }

  private struct Function {
    var own = CostCounts()
    /// By the name of what is called.
    var calls: [String: (count: Int, cost: CostCounts)] = [:]
  }

  /// What is at the bottom of every stack.
  static let bottom = "[timed rounds]"

  package var text: String {
    var functions: [String: Function] = [:]
    var whole = CostCounts()
    for root in profile.roots { whole += Self.add(root, to: &functions, callers: [Self.bottom]) }
    if profile.constant > 0 {
      var clock = CostCounts()
      clock[.instructions] = profile.constant
      functions[FunctionName.clock, default: Function()].own += clock
      functions[Self.bottom, default: Function()].calls[FunctionName.clock] = (profile.roundsExplained, clock)
      whole += clock
    }
    return header(whole) + body(functions) + "\ntotals: \(counts(whole))\n"
  }

  /// - Parameter callers: the path to the node, outermost first.
  /// - Returns: what the node costs with all that it calls.
  private static func add(
    _ node: CallProfile.Node, to functions: inout [String: Function], callers: [String]
  ) -> CostCounts {
    let name = line(node.name)
    var sum = node.own
    for child in node.children { sum += add(child, to: &functions, callers: callers + [name]) }
    functions[name, default: Function()].own += node.own
    let cost = callers.contains(name) ? CostCounts() : sum
    let caller = callers[callers.count - 1]
    var call = functions[caller, default: Function()].calls[name] ?? (0, CostCounts())
    call.count += node.calls
    call.cost += cost
    functions[caller, default: Function()].calls[name] = call
    return sum
  }

  private func header(_ whole: CostCounts) -> String {
    let events = columns.map { "event: \($0.event) : \($0.title)\n" }.joined()
    let rounds = "\(profile.roundsExplained) of \(profile.rounds) rounds"
    return """
      # callgrind format
      version: 1
      creator: \(Self.line(Tool.current.text))
      cmd: \(Self.line(profile.cell))
      desc: Cell: \(Self.line(profile.cell))
      desc: Kernel: Linux \(Self.line(profile.kernelRelease))
      desc: Messages: \(profile.operations) in \(rounds) of trial \(profile.trial)
      desc: Trigger: ringbench explain
      positions: line
      \(events)events: \(columns.map(\.event).joined(separator: " "))
      summary: \(counts(whole))


      """
  }

  private func body(_ functions: [String: Function]) -> String {
    var names = FunctionNumbers()
    // Addresses and lines of sources are not known: callgrind's sign for that is ???.
    var text = "fl=(1) ???\n"
    for (name, function) in functions.sorted(by: { $0.key < $1.key }) {
      text += "\nfn=\(names.reference(name))\n0 \(counts(function.own))\n"
      for (callee, call) in function.calls.sorted(by: { $0.key < $1.key }) {
        // A function that was entered before the timed region runs in it all the same.
        text += "cfn=\(names.reference(callee))\ncalls=\(max(call.count, 1)) 0\n0 \(counts(call.cost))\n"
      }
    }
    return text
  }

  private func counts(_ costs: CostCounts) -> String { columns.map { String(costs[$0]) }.joined(separator: " ") }

  private static func line(_ text: String) -> String {
    let line = FormatText.line(text).split(separator: " ").joined(separator: " ")
    return line.isEmpty ? "[unknown]" : line
  }

  /// A name stands behind its number once, and later the number alone.
  private struct FunctionNumbers {
    private var numbers: [String: Int] = [:]

    mutating func reference(_ name: String) -> String {
      if let number = numbers[name] { return "(\(number))" }
      numbers[name] = numbers.count + 1
      return "(\(numbers.count)) \(name)"
    }
  }
}

extension CostColumn {
  /// The name of the event, as short as callgrind's own.
  fileprivate var event: String {
    switch self {
    case .instructions: "Ir"
    case .stringBytes: "Sb"
    case .stringSteps: "Ss"
    case .dataMisses: "D1m"
    case .instructionMisses: "I1m"
    case .lastLevelMisses: "LLm"
    case .mispredictions: "Bm"
    case .lockedOperations: "Lo"
    }
  }
}
