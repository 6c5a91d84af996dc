import Glibc

/// By how much one sample lies above another: the middle of all pairwise differences, and the interval that belongs to
/// the rank-sum test.
///
/// Hodges and Lehmann, Estimates of location based on rank tests, Annals of Mathematical Statistics 34, 1963; the
/// interval is Moses' (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3rd ed., sections 4.2 and 4.3):
/// two order statistics of the differences, whatever the distribution is. R's
/// `wilcox.test(new, baseline, conf.int = TRUE)` gives the same for values without ties. With ties the interval covers
/// the shift at least as often.
package struct HodgesLehmann: Hashable, Sendable {
  /// The median of the differences, second less first, in the samples' unit.
  package var shift: Double
  /// `[low, high]`; nil when even the smallest and the largest difference don't reach the confidence.
  package var interval: [Double]?

  /// - Returns: nil when one of the samples is empty.
  package init?(_ first: [Double], _ second: [Double], confidence: Double = 0.95) {
    var differences: [Double] = []
    differences.reserveCapacity(first.count * second.count)
    for value in second { for other in first { differences.append(value - other) } }
    guard !differences.isEmpty else { return nil }
    differences.sort()
    let middle = differences.count / 2
    shift =
      differences.count.isMultiple(of: 2) ? (differences[middle - 1] + differences[middle]) / 2 : differences[middle]
    interval = Self.rank(first.count, second.count, confidence: confidence).map {
      [differences[$0 - 1], differences[differences.count - $0]]
    }
  }

  /// The largest `r` such that the `r`-th smallest and the `r`-th largest difference enclose the shift with the given
  /// confidence; nil when there is none.
  static func rank(_ first: Int, _ second: Int, confidence: Double) -> Int? {
    // The bound allows for rounding in the sums.
    let tail = (1 - confidence) / 2 * (1 + 1e-12)
    let rank =
      first + second <= MannWhitney.largestExact
      ? exactRank(first, second, tail: tail) : normalRank(first, second, confidence: confidence)
    return rank > 0 ? rank : nil
  }

  /// The number of differences below the shift is Mann and Whitney's U: the rank sum less its smallest possible value.
  private static func exactRank(_ first: Int, _ second: Int, tail: Double) -> Int {
    let distribution = RankSumDistribution.untied(first, second)
    var rank = 0
    while rank < (first * second + 1) / 2, distribution.atMost(distribution.least + 2 * rank) <= tail { rank += 1 }
    return rank
  }

  private static func normalRank(_ first: Int, _ second: Int, confidence: Double) -> Int {
    let (m, n) = (Double(first), Double(second))
    let deviation = (m * n * (m + n + 1) / 12).squareRoot()
    return Int((m * n / 2 + 0.5 - NormalQuantile.upper((1 - confidence) / 2) * deviation).rounded(.down))
  }
}

/// The quantiles of the standard normal distribution.
enum NormalQuantile {
  /// The value that is exceeded with the given probability, 0 < p < 1, by bisection of `erfc`.
  static func upper(_ probability: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    while high - low > 1e-12 {
      let middle = (low + high) / 2
      if erfc(middle / 2.0.squareRoot()) / 2 > probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
