import Documents

/// A path of calls, and what its last function costs itself there, per operation.
struct CallPath: Sendable {
  /// The functions, the caller first.
  var frames: [String]
  /// Nil where the path is new.
  var old: Double?
  /// Nil where the path is gone.
  var new: Double?
  /// The change; of one side, the cost.
  var delta: Double

  /// The paths with the largest change of two sides, or the largest cost of one.
  static func heaviest(_ profiles: [CallProfile], most: Int) -> [CallPath] {
    let paths = profiles.count == 2 ? changes(profiles[0], profiles[1]) : profiles.first.map(costs) ?? []
    let notable = paths.filter { $0.delta != 0 }
    return Array(
      notable.sorted { abs($0.delta) != abs($1.delta) ? abs($0.delta) > abs($1.delta) : $0.precedes($1) }.prefix(most))
  }

  private static func costs(_ profile: CallProfile) -> [CallPath] {
    profile.ownByPath.map { frames, own in
      CallPath(frames: frames, new: profile.perOperation(own), delta: profile.perOperation(own))
    }
  }

  private static func changes(_ old: CallProfile, _ new: CallProfile) -> [CallPath] {
    let (before, after) = (old.ownByPath, new.ownByPath)
    return Set(before.keys).union(after.keys).map { frames in
      let (was, now) = (before[frames], after[frames])
      return CallPath(
        frames: frames, old: was.map(old.perOperation), new: now.map(new.perOperation),
        delta: CallProfile.difference(was ?? 0, of: old, now ?? 0, of: new))
    }
  }

  private func precedes(_ other: CallPath) -> Bool { frames.lexicographicallyPrecedes(other.frames) }

  /// The beginning that all of several paths have in common, without the last function of any.
  static func commonBeginning(_ paths: [CallPath]) -> [String] {
    guard paths.count > 1, let first = paths.first else { return [] }
    return paths.dropFirst().reduce(Array(first.frames.dropLast())) { common, path in
      zip(common, path.frames.dropLast()).prefix { $0 == $1 }.map { $0.0 }
    }
  }

  /// `a > b > c`, without so many functions at its beginning, and without more of them where it is too long.
  func text(without beginning: Int = 0, width: Int) -> String {
    var shown = frames.dropFirst(min(beginning, frames.count - 1)).map { $0.clipped(to: 60) }
    func text() -> String { (shown.count < frames.count ? "... > " : "") + shown.joined(separator: " > ") }
    while text().count > width, shown.count > 1 { shown.removeFirst() }
    return text()
  }
}

extension CallProfile {
  /// Own instructions by path. Of a joined profile every path is there once.
  var ownByPath: [[String]: Int] {
    var counts: [[String]: Int] = [:]
    func add(_ node: Node, _ callers: [String]) {
      let path = callers + [node.name]
      if node.own[.instructions] > 0 { counts[path, default: 0] += node.own[.instructions] }
      for child in node.children { add(child, path) }
    }
    for root in roots { add(root, []) }
    return counts
  }
}
