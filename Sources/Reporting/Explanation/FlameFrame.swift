import Documents

/// A function on a path as a flame graph shows it. Costs are per operation.
struct FlameFrame: Sendable {
  /// How a frame stands to the other side.
  enum Change: Sendable {
    /// There is no other side.
    case none
    /// The same path is there: what changed, new less old.
    case path(own: Double, inclusive: Double)
    /// The function is there on other paths: what changed on all of them.
    case function(own: Double)
    /// The function is on this side only.
    case missing

    /// What the function itself costs more on the new side.
    var own: Double? {
      switch self {
      case .path(let own, _), .function(let own): own
      case .none, .missing: nil
      }
    }
  }

  var name: String
  /// Where it begins.
  var start: Double
  var inclusive: Double
  var own: Double
  /// Callers above it.
  var depth: Int
  var change: Change
}

/// The frames of one side, callers before what they call.
struct FlameFrames: Sendable {
  private(set) var frames: [FlameFrame] = []
  private let profile: CallProfile
  private let other: CallProfile?
  private let isOld: Bool
  /// Own instructions of the functions of either side.
  private var here: [String: Int] = [:]
  private var there: [String: Int] = [:]

  /// - Parameters:
  ///   - profile: a joined one.
  ///   - other: the other side.
  ///   - isOld: whether the other side is the new one.
  init(_ profile: CallProfile, other: CallProfile?, isOld: Bool) {
    (self.profile, self.other, self.isOld) = (profile, other, isOld)
    here = Self.own(profile)
    there = other.map(Self.own) ?? [:]
    var start = 0
    for root in Self.roots(profile) {
      let match = other.flatMap { side in Self.roots(side).first { $0.name == root.name } }
      start += add(root, start: start, depth: 0, match: match)
    }
  }

  /// With the constant as a function, so that the width is the figure.
  private static func roots(_ profile: CallProfile) -> [CallProfile.Node] {
    guard profile.constant > 0 else { return profile.roots }
    var clock = CallProfile.Node(FunctionName.clock)
    clock.own[.instructions] = profile.constant
    return profile.roots + [clock]
  }

  private static func own(_ profile: CallProfile) -> [String: Int] {
    var own: [String: Int] = [:]
    func add(_ node: CallProfile.Node) {
      own[node.name, default: 0] += node.own[.instructions]
      node.children.forEach(add)
    }
    roots(profile).forEach(add)
    return own
  }

  /// - Returns: the instructions of the node and of what it calls.
  private mutating func add(_ node: CallProfile.Node, start: Int, depth: Int, match: CallProfile.Node?) -> Int {
    let own = node.own[.instructions]
    let place = frames.count
    frames.append(
      FlameFrame(
        name: node.name, start: profile.perOperation(start), inclusive: 0, own: profile.perOperation(own), depth: depth,
        change: .none))
    var sum = own
    for child in node.children {
      let counterpart = match?.children.first { $0.name == child.name }
      sum += add(child, start: start + sum - own, depth: depth + 1, match: counterpart)
    }
    frames[place].inclusive = profile.perOperation(sum)
    frames[place].change = change(of: node, inclusive: sum, match: match)
    return sum
  }

  private func change(of node: CallProfile.Node, inclusive: Int, match: CallProfile.Node?) -> FlameFrame.Change {
    guard other != nil else { return .none }
    if let match {
      return .path(
        own: delta(node.own[.instructions], match.own[.instructions]), inclusive: delta(inclusive, match.inclusive))
    }
    guard let elsewhere = there[node.name] else { return .missing }
    return .function(own: delta(here[node.name] ?? 0, elsewhere))
  }

  private func delta(_ own: Int, _ others: Int) -> Double {
    guard let other else { return 0 }
    return isOld
      ? CallProfile.difference(own, of: profile, others, of: other)
      : CallProfile.difference(others, of: other, own, of: profile)
  }
}
