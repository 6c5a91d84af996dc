import Vocabulary

/// Applies a list of words from the command line to an axis of the groups.
struct AxisNarrowing<Value: WordAxis>: NarrowingRule {
  let axis: WritableKeyPath<Axes, [Value]>
  let given: [Value]

  var name: String { Value.axis }

  func matches(_ axes: Axes) -> Bool { given.contains(where: axes[keyPath: axis].contains) }

  func narrow(_ group: inout SuiteGroup) {
    let kept = given.filter(group.axes[keyPath: axis].contains)
    set(kept.isEmpty ? given : kept, in: &group)
  }

  func complete(_ groups: inout [SuiteGroup]) {
    let missing = given.filter { value in !groups.contains { $0.axes[keyPath: axis].contains(value) } }
    guard !missing.isEmpty else { return }
    for index in groups.indices { set(groups[index].axes[keyPath: axis] + missing, in: &groups[index]) }
  }

  private func set(_ values: [Value], in group: inout SuiteGroup) {
    guard values != group.axes[keyPath: axis] else { return }
    group.axes[keyPath: axis] = values
    group.origins[name] = "--\(name)"
  }
}

/// One of the axes that the command line narrows.
protocol NarrowingRule {
  /// Whether the group has any of the given values.
  func matches(_ axes: Axes) -> Bool
  /// Keeps only the given values. A group that has none of them takes all of them.
  func narrow(_ group: inout SuiteGroup)
  /// Adds the given values that no group has to all groups.
  func complete(_ groups: inout [SuiteGroup])
}
