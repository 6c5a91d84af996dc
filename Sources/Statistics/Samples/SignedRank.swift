import Glibc

/// The signed-rank test of paired samples: do the differences lie on one side of 0? With the estimate and the interval
/// that belong to it.
///
/// Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945. Where chance decided within each
/// pair which side came first, every difference is as likely to have either sign if the sides are alike, whatever the
/// machine did in the meantime. The test needs nothing else. Exact for up to ``largestExact`` pairs, also with ties;
/// differences of 0 are left out. R's `wilcox.test(..., paired = TRUE, conf.int = TRUE)` gives the same without ties,
/// and `scipy.stats.wilcoxon(..., method = "exact")` too.
package struct SignedRank: Hashable, Sendable {
  /// Pairs up to which probabilities are exact.
  static let largestExact = 50

  /// The median of the means of any two differences (Hodges and Lehmann), in the differences' unit.
  package var shift: Double
  /// `[low, high]`, Tukey's 95 % interval; nil when even the outermost means don't reach it: with fewer than 6 pairs.
  package var interval: [Double]?
  /// The two-sided probability of differences as large, if the sides are alike.
  package var probability: Double

  /// - Returns: nil without differences.
  package init?(_ differences: [Double], confidence: Double = 0.95) {
    guard !differences.isEmpty else { return nil }
    var means: [Double] = []
    means.reserveCapacity(differences.count * (differences.count + 1) / 2)
    for (index, one) in differences.enumerated() {
      for other in differences[index...] { means.append((one + other) / 2) }
    }
    means.sort()
    shift = (means[(means.count - 1) / 2] + means[means.count / 2]) / 2
    interval = Self.rank(differences.count, confidence: confidence).map { [means[$0 - 1], means[means.count - $0]] }
    probability = Self.probability(differences.filter { $0 != 0 })
  }

  /// The smallest two-sided probability that this many pairs can give.
  package static func smallest(_ pairs: Int) -> Double { min(1, 2 * exp2(-Double(pairs))) }

  private static func probability(_ differences: [Double]) -> Double {
    guard !differences.isEmpty else { return 1 }
    let ranks = doubledRanks(differences.map { abs($0) })
    let positive = zip(ranks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    let all = ranks.reduce(0, +)
    let smaller = min(positive, all - positive)
    guard differences.count <= largestExact else { return normal(smaller, ranks) }
    return min(1, 2 * SignedRankDistribution(doubledRanks: ranks).atMost(smaller))
  }

  /// Twice the midranks, which are whole numbers.
  private static func doubledRanks(_ sizes: [Double]) -> [Int] {
    let sorted = sizes.sorted()
    return sizes.map { size in
      let first = sorted.firstIndex(of: size) ?? 0
      let last = sorted.lastIndex(of: size) ?? first
      return first + last + 2
    }
  }

  /// By the normal approximation with the correction for continuity; midranks make that for ties.
  private static func normal(_ smaller: Int, _ doubledRanks: [Int]) -> Double {
    let ranks = doubledRanks.map { Double($0) / 2 }
    let (mean, variance) = (ranks.reduce(0, +) / 2, ranks.reduce(0) { $0 + $1 * $1 } / 4)
    let distance = mean - Double(smaller) / 2 - 0.5
    return min(1, erfc(distance / (2 * variance).squareRoot()))
  }

  /// The largest `r` such that the `r`-th smallest and the `r`-th largest mean enclose the shift with the given
  /// confidence; nil when there is none.
  static func rank(_ pairs: Int, confidence: Double) -> Int? {
    // The bound allows for rounding in the sums.
    let tail = (1 - confidence) / 2 * (1 + 1e-12)
    guard pairs <= largestExact else {
      let n = Double(pairs)
      let deviation = (n * (n + 1) * (2 * n + 1) / 24).squareRoot()
      return Int((n * (n + 1) / 4 + 0.5 - NormalQuantile.upper((1 - confidence) / 2) * deviation).rounded(.down))
    }
    let distribution = SignedRankDistribution(doubledRanks: (1...pairs).map { 2 * $0 })
    var rank = 0
    while distribution.atMost(2 * rank) <= tail { rank += 1 }
    return rank > 0 ? rank : nil
  }
}

/// The exact distribution of the sum of those ranks whose differences are positive, when each sign is a coin's throw.
private struct SignedRankDistribution {
  /// How many of all choices of signs have each sum from 0.
  private let counts: [Double]
  private let all: Double

  init(doubledRanks ranks: [Int]) {
    var counts = Array(repeating: 0.0, count: ranks.reduce(0, +) + 1)
    counts[0] = 1
    var largest = 0
    for rank in ranks {
      largest += rank
      for sum in stride(from: largest, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
    }
    self.counts = counts
    all = exp2(Double(ranks.count))
  }

  /// The probability of a sum of at most `sum`.
  func atMost(_ sum: Int) -> Double { counts.prefix(max(0, sum + 1)).reduce(0, +) / all }
}
