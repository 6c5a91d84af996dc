/// Sums the instructions of timed regions only, without what reading the counter costs.
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

  /// Adds what was retired between two reads around a timed region.
  package mutating func add(from start: InstructionSnapshot, to end: InstructionSnapshot) {
    let counted = end.instructions &- start.instructions
    // A region cheaper than the median empty pair is noise around nothing.
    sum &+= counted > pairCost ? counted &- pairCost : 0
    let wasWhole = end.enabledNs &- start.enabledNs == end.runningNs &- start.runningNs
    isValid = isValid && wasWhole && end.enabledNs > start.enabledNs
  }

  /// The instructions so far; nil without a counter, and when it did not count all the time.
  package var total: UInt64? { isValid ? sum : nil }
}
