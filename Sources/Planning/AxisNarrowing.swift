import Vocabulary

/// Applies a list of words from the command line to the axis of groups.
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
  /// Leaves the given values only; all of them where the group has none.
  func narrow(_ group: inout SuiteGroup)
  /// Adds to all groups what was given and is in none.
  func complete(_ groups: inout [SuiteGroup])
}
