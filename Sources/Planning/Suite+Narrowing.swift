import Vocabulary

extension Suite {
  /// The suite as the command line changes it.
  ///
  /// * Numbers (`--message-size`, `--buffers`, ...) replace the axis of every group. `--rate` matters only for `paced`.
  /// * Words (`--mode`, `--transport`, `--operation`, `--pattern`) narrow: a group keeps only the given values. A group
  ///   that has none of them is left out.
  /// * Every given value is measured. If no group fits all the options, the groups that fit most of them take the given
  ///   values in place of their own. The pattern counts most, because rounds depend on it. A given value that is still
  ///   in no group is added to every remaining group.
  package func narrowed(by lists: AxisLists) -> Suite {
    let rules = Self.rules(lists)
    var result = self
    result.groups = groups.filter { group in rules.allSatisfy { $0.matches(group.axes) } }
    if result.groups.isEmpty {
      let scores = groups.map { Self.score($0, rules, lists) }
      result.groups = zip(groups, scores).filter { $0.1 == scores.max() }.map(\.0)
    }
    for index in result.groups.indices {
      for rule in rules { rule.narrow(&result.groups[index]) }
      result.groups[index].replaceNumbers(lists.numbers)
    }
    for rule in rules { rule.complete(&result.groups) }
    return result
  }

  private static func score(_ group: SuiteGroup, _ rules: [any NarrowingRule], _ lists: AxisLists) -> Int {
    let samePattern = lists.patterns.map { $0.contains(where: group.axes.patterns.contains) } ?? false
    return 2 * rules.count { $0.matches(group.axes) } + (samePattern ? 1 : 0)
  }

  private static func rules(_ lists: AxisLists) -> [any NarrowingRule] {
    var rules: [any NarrowingRule] = []
    if let given = lists.patterns { rules.append(AxisNarrowing(axis: \.patterns, given: given)) }
    if let given = lists.transports { rules.append(AxisNarrowing(axis: \.transports, given: given)) }
    if let given = lists.modes { rules.append(AxisNarrowing(axis: \.modes, given: given)) }
    if let given = lists.operations { rules.append(AxisNarrowing(axis: \.operations, given: given)) }
    return rules
  }
}

extension SuiteGroup {
  fileprivate mutating func replaceNumbers(_ numbers: [NumberAxis: [Int]]) {
    for (axis, values) in numbers {
      axes.numbers[axis] = values
      origins[axis.rawValue] = axis.option
    }
  }
}
