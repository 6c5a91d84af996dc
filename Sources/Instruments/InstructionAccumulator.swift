/// Sums the instructions of timed regions only, minus the cost of reading the counter.
package struct InstructionAccumulator: Sendable {
  private let pairCost: UInt64
  private var sum: UInt64 = 0
  private var isValid: Bool

  package init(_ counter: borrowing InstructionCounter) {
    self.init(pairCost: counter.pairCost, isValid: counter.isAvailable)
  }

  init(pairCost: UInt64, isValid: Bool) {
    self.pairCost = pairCost
    self.isValid = isValid
  }

  /// Adds the instructions retired between two reads around a timed region.
  package mutating func add(from start: InstructionSnapshot, to end: InstructionSnapshot) {
    let counted = end.instructions &- start.instructions
    // A region cheaper than the median empty pair counts as 0: the difference is noise.
    sum &+= counted > pairCost ? counted &- pairCost : 0
    let wasWhole = end.enabledNs &- start.enabledNs == end.runningNs &- start.runningNs
    isValid = isValid && wasWhole && end.enabledNs > start.enabledNs
  }

  /// The instructions so far; nil without a counter, or when the counter did not run all the time.
  package var total: UInt64? { isValid ? sum : nil }
}
