import Glibc

/// The rank-sum test of two independent samples: does one tend to larger values than the other?
///
/// Mann and Whitney, On a test of whether one of two random variables is stochastically larger than the other, Annals
/// of Mathematical Statistics 18, 1947. Exact for samples of up to ``largestExact`` values together, also with ties.
/// Larger samples get the normal approximation with the corrections for ties and for continuity. R's
/// `coin::wilcox_test` gives the same; without ties `scipy.stats.mannwhitneyu` does too.
package struct MannWhitney: Hashable, Sendable {
  /// Pooled values up to which probabilities are exact.
  package static let largestExact = 50

  /// The probability of values as small as those of the second sample, or smaller, if there is no difference.
  package let less: Double
  /// The probability of values as large as those of the second sample, or larger, if there is no difference.
  package let greater: Double

  /// The probability of a difference as large, in either direction.
  package var twoSided: Double { min(1, 2 * min(less, greater)) }

  /// - Returns: nil when one of the samples is empty.
  package init?(_ first: [Double], _ second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let pooled = PooledRanks(first, second)
    if first.count + second.count <= Self.largestExact {
      let exact = RankSumDistribution.of(ties: pooled.ties, size: second.count)
      (less, greater) = (exact.atMost(pooled.secondSum), exact.atLeast(pooled.secondSum))
    } else {
      (less, greater) = pooled.normalTails
    }
  }

  /// The smallest two-sided probability that samples of these sizes can give.
  package static func smallest(_ first: Int, _ second: Int) -> Double {
    let (m, n) = (Double(first), Double(second))
    return min(1, 2 * exp(lgamma(m + 1) + lgamma(n + 1) - lgamma(m + n + 1)))
  }
}

/// The midranks of two pooled samples, doubled so that they are whole numbers.
private struct PooledRanks {
  /// The sum of the second sample's doubled ranks.
  let secondSum: Int
  let sizes: (first: Int, second: Int)
  /// The sizes of the groups of equal values, from the smallest value up.
  let ties: [Int]

  init(_ first: [Double], _ second: [Double]) {
    let pooled = (first.map { ($0, false) } + second.map { ($0, true) }).sorted { $0.0 < $1.0 }
    var (sum, ties) = (0, [Int]())
    var start = 0
    while start < pooled.count {
      let end = pooled[start...].firstIndex { $0.0 != pooled[start].0 } ?? pooled.count
      // Twice the mean of the ranks start + 1 ... end.
      let doubled = start + 1 + end
      sum += doubled * pooled[start..<end].count { $0.1 }
      ties.append(end - start)
      start = end
    }
    secondSum = sum
    sizes = (first.count, second.count)
    self.ties = ties
  }

  /// Both tails by the normal approximation.
  var normalTails: (Double, Double) {
    let (m, n) = (Double(sizes.first), Double(sizes.second))
    let tied = ties.reduce(0) { $0 + Double($1 * $1 * $1 - $1) }
    let variance = m * n / 12 * (m + n + 1 - tied / ((m + n) * (m + n - 1)))
    guard variance > 0 else { return (1, 1) }
    let above = Double(secondSum) / 2 - n * (m + n + 1) / 2
    let tail = { (distance: Double) in erfc(distance / (2 * variance).squareRoot()) / 2 }
    return (tail(-above - 0.5), tail(above - 0.5))
  }
}
