import Documents

extension ComparisonDesign {
  /// What the words of a comparison are worth, in one sentence without a full stop.
  var promise: String {
    let chance = "the chance of even one false 'worse' or 'better' among all cells is 1 %"
    switch self {
    case .exact: return "instructions were counted, and each trial began in another state of the kernel's allocator"
    case .turns: return "both sides were measured in random turns: \(chance), whatever the machine did"
    case .blocks: return "the cells of a block were measured in random order: \(chance)"
    case .runs: return "several runs a side took turns: if chance decided the order, \(chance)"
    case .sequence:
      return
        "one side was measured after the other: a 'worse' or 'better' holds if the machine drifted no more between "
        + "the runs than 1.5 times what it did within them"
    }
  }
}
