import Glibc

/// By how many percent one sample lies above another, and how sure that is.
///
/// Ratios are compared as differences of logarithms, so that exchanging the samples changes only the sign. Where a
/// value is 0 or less, plain differences are compared, in percent of the first sample's median.
struct RelativeShift: Sendable {
  /// Nil where the first sample's median is 0 and the samples differ.
  var percent: Double?
  /// With 95 % confidence; nil where there are too few values.
  var interval: [Double]?
  /// The two-sided probability of samples that differ so much, if the true difference is within `slack`.
  var probability: Double

  /// - Parameter slack: how far causes that are not under test may have moved either sample as a whole: the logarithm
  ///   of a ratio, from 0. It widens the interval on both sides, and the probability is that of the least favourable
  ///   shift within it.
  init?(_ first: [Double], _ second: [Double], slack: Double) {
    guard let median = Median.of(first), !second.isEmpty else { return nil }
    if let same = first.first, same >= 0, first.allSatisfy({ $0 == same }), second.allSatisfy({ $0 == same }) {
      self.init(equal: same, first.count, second.count, slack)
    } else if first.allSatisfy({ $0 > 0 }), second.allSatisfy({ $0 > 0 }) {
      self.init(logarithmsOf: first, second, slack)
    } else {
      self.init(differencesOf: first, second, median: median, slack: expm1(slack))
    }
  }

  /// Half of all comparisons are of counters that never change.
  private init(equal value: Double, _ first: Int, _ second: Int, _ slack: Double) {
    let ends = value > 0 ? [expm1(-slack) * 100, expm1(slack) * 100] : [0, 0]
    percent = 0
    interval = HodgesLehmann.rank(first, second, confidence: 0.95).map { _ in ends }
    probability = 1
  }

  private init?(logarithmsOf first: [Double], _ second: [Double], _ slack: Double) {
    let (x, y) = (first.map { log($0) }, second.map { log($0) })
    guard let estimate = HodgesLehmann(x, y), let probability = Self.probability(x, y, slack) else { return nil }
    percent = expm1(estimate.shift) * 100
    interval = estimate.interval.map { [expm1($0[0] - slack) * 100, expm1($0[1] + slack) * 100] }
    self.probability = probability
  }

  private init?(differencesOf first: [Double], _ second: [Double], median: Double, slack: Double) {
    let unit = abs(median)
    guard let estimate = HodgesLehmann(first, second), let probability = Self.probability(first, second, slack * unit)
    else { return nil }
    self.probability = probability
    if unit > 0 {
      percent = estimate.shift / unit * 100
      interval = estimate.interval.map { [($0[0] / unit - slack) * 100, ($0[1] / unit + slack) * 100] }
    }
  }

  /// The rank-sum test against all shifts up to `slack` in size: the two one-sided tests at its ends.
  private static func probability(_ first: [Double], _ second: [Double], _ slack: Double) -> Double? {
    guard slack > 0 else { return MannWhitney(first, second)?.twoSided }
    guard let up = MannWhitney(first, second.map { $0 - slack }),
      let down = MannWhitney(first, second.map { $0 + slack })
    else { return nil }
    return min(1, 2 * min(up.greater, down.less))
  }
}
