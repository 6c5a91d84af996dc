import Documents

/// What would help where measurements don't decide.
enum Undecided {
  /// `about 40 trials would tell (--trials 40)`.
  static func remedy(_ comparisons: [MetricComparison]) -> String {
    let needed = comparisons.map(\.trialsToDecide)
    guard let most = needed.compactMap({ $0 }).max(), !needed.contains(nil) else {
      return "the cost lies so near the limit that no number of trials would tell"
    }
    return "about \(most) trials would tell (--trials \(most))"
  }
}

/// `a, b and c`.
enum Listed {
  /// `1.2 to 1.4 KiB`, or one number where both would read the same. The unit is named once.
  static func range(_ ends: [Double], _ text: (Double) -> String) -> String {
    let (low, high) = (text(ends[0]), text(ends[1]))
    guard low != high else { return low }
    let (one, other) = (low.split(separator: " "), high.split(separator: " "))
    return one.count == 2 && other.count == 2 && one[1] == other[1] ? "\(one[0]) to \(high)" : "\(low) to \(high)"
  }

  static func text(_ parts: [String], by separator: String = ", ", last: String = " and ") -> String {
    guard parts.count > 1, let end = parts.last else { return parts.joined() }
    return parts.dropLast().joined(separator: separator) + last + end
  }
}
