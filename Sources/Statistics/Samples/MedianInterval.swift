import Glibc

/// A distribution-free confidence interval for the median of a population.
///
/// The number of values below the median is binomial with p = 1/2, whatever the distribution is, so that two order
/// statistics enclose the median with a known probability (Conover, Practical Nonparametric Statistics, 3rd ed.,
/// section 3.2; what `scipy.stats.quantile_test(...).confidence_interval()` gives).
package enum MedianInterval {
  /// The narrowest symmetric pair of order statistics with at least the given coverage, `[low, high]`.
  ///
  /// - Returns: nil when even the smallest and the largest value don't reach it: with fewer than 6 values for 95 %.
  package static func of(_ values: [Double], confidence: Double = 0.95) -> [Double]? {
    guard let rank = rank(count: values.count, confidence: confidence) else { return nil }
    let sorted = values.sorted()
    return [sorted[rank - 1], sorted[sorted.count - rank]]
  }

  /// The largest `r` such that the `r`-th smallest and the `r`-th largest of `count` values enclose the median
  /// with the given confidence.
  static func rank(count: Int, confidence: Double) -> Int? {
    // Two tails of equal weight; the bound allows for rounding in the sum of logarithms.
    let tail = (1 - confidence) / 2 * (1 + 1e-12)
    var cumulative = 0.0
    var rank = 0
    while rank < (count + 1) / 2 {
      cumulative += probability(of: rank, in: count)
      if cumulative > tail { break }
      rank += 1
    }
    return rank == 0 ? nil : rank
  }

  /// The binomial probability of `successes` with p = 1/2, by logarithms so that it holds for any count.
  private static func probability(of successes: Int, in count: Int) -> Double {
    let (n, k) = (Double(count), Double(successes))
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2))
  }
}
