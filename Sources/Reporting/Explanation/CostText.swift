import Base

/// Counts per operation, for people.
enum CostText {
  /// One decimal from 100, two below.
  static func number(_ value: Double) -> String { Decimals.text(value, decimals(value)) }

  static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + number(value) }

  /// With as many places behind the point as any, so that points stand below each other in a column.
  static func aligned(_ value: Double) -> String { number(value) + blank(value) }

  static func alignedSigned(_ value: Double) -> String { signed(value) + blank(value) }

  /// With every digit that it has, up to six.
  static func exact(_ value: Double) -> String { Decimals.shortest(value, upTo: 6) }

  /// `+19.8 %`, and nothing where there is nothing to compare with.
  static func change(_ delta: Double, of old: Double) -> String {
    old == 0 ? "" : (delta > 0 ? "+" : "") + Decimals.text(100 * delta / old, 2) + " %"
  }

  static func share(_ part: Double, of whole: Double) -> String {
    whole == 0 ? "" : Decimals.text(100 * part / whole, 1)
  }

  private static func decimals(_ value: Double) -> Int { abs(value) >= 100 ? 1 : 2 }
  private static func blank(_ value: Double) -> String { decimals(value) == 1 ? " " : "" }
}

extension String {
  /// At most so many characters: what is too much in the middle becomes three points.
  func clipped(to most: Int) -> String {
    guard count > most, most > 3 else { return String(prefix(most)) }
    return prefix((most - 2) / 2) + "..." + suffix((most - 3) / 2)
  }

  func leading(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  func trailing(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
