extension Explanation {
  /// - Parameter profiles: one, or the baseline and the new one.
  package init(_ profiles: [CallProfile]) {
    let joined = profiles.map(\.joined)
    self.init(
      schema: Self.currentSchema, tool: .current, sides: joined.map { Side($0, $0.functions) },
      differences: joined.count == 2 ? Self.differences(joined[0], joined[1]) : [])
  }

  private static func differences(_ old: CallProfile, _ new: CallProfile) -> [Difference] {
    let (before, after) = (ownInstructions(old), ownInstructions(new))
    let differences = Set(before.keys).union(after.keys).compactMap { name -> Difference? in
      let (was, now) = (before[name], after[name])
      let delta = CallProfile.difference(was ?? 0, of: old, now ?? 0, of: new)
      guard delta != 0 else { return nil }
      return Difference(
        name: name, old: was.map(old.perOperation), new: now.map(new.perOperation), delta: delta)
    }
    return differences.sorted { (abs($1.delta), $0.name) < (abs($0.delta), $1.name) }
  }

  /// Instructions by function, with the constant as one.
  private static func ownInstructions(_ profile: CallProfile) -> [String: Int] {
    var counts = Dictionary(uniqueKeysWithValues: profile.functions.map { ($0.name, $0.own[.instructions]) })
    counts[FunctionName.clock, default: 0] += profile.constant
    return counts
  }
}

extension Explanation.Side {
  /// - Parameter functions: those of the profile, in their order.
  fileprivate init(_ profile: CallProfile, _ functions: [CallProfile.FunctionCost]) {
    let further = profile.columns.filter { $0 != .instructions }
    self.init(
      kernelRelease: profile.kernelRelease, cell: profile.cell, trial: profile.trial, operations: profile.operations,
      instructionsPerOperation: profile.instructionsPerOperation,
      constant: profile.perOperation(profile.constant), rounds: profile.rounds,
      roundsExplained: profile.roundsExplained,
      functions: functions.map { function in
        Explanation.Function(
          name: function.name, own: profile.perOperation(function.own[.instructions]),
          inclusive: profile.perOperation(function.inclusive),
          further: Dictionary(uniqueKeysWithValues: further.map { ($0, profile.perOperation(function.own[$0])) }))
      })
  }
}

extension CallProfile {
  /// The change of a count per operation. Whole numbers are compared: counts that are alike differ by nothing.
  package static func difference(
    _ before: Int, of old: CallProfile, _ after: Int, of new: CallProfile
  ) -> Double {
    let (olds, news) = (max(old.operations, 1), max(new.operations, 1))
    guard olds != news else { return Double(after - before) / Double(news) }
    let (left, right) = (after.multipliedFullWidth(by: olds), before.multipliedFullWidth(by: news))
    if left == right { return 0 }
    return Double(after) / Double(news) - Double(before) / Double(olds)
  }
}
