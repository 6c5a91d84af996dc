import Synchronization

/// The exact distribution of the rank sum of one of two samples when both come from one population.
///
/// The shift algorithm of Streitberg and Röhmel (Exact distributions for permutation and rank tests, Statistical
/// Software Newsletter 12, 1986): it counts the subsets of the pooled ranks by their sum, so that ties need no
/// approximation. Ranks are doubled, so that the midranks of ties are whole numbers.
struct RankSumDistribution: Sendable {
  /// The smallest possible sum: that of the smallest ranks.
  let least: Int
  /// The probability of a sum of at most `least`, `least + 1` and so on.
  private let cumulative: [Double]

  /// - Parameters:
  ///   - ranks: the doubled midranks of the pooled sample.
  ///   - size: how many of them the sample has; from 0 to all of them.
  init(doubledRanks ranks: [Int], size: Int) {
    let sorted = ranks.sorted()
    least = sorted.prefix(size).reduce(0, +)
    let counts = Self.subsets(of: sorted, size: size, most: sorted.suffix(size).reduce(0, +))
    let all = counts.reduce(0, +)
    var sum = 0.0
    cumulative = counts[least...].map { count in
      sum += count
      return sum / all
    }
  }

  /// How many subsets of `size` ranks have each sum from 0 to `most`.
  private static func subsets(of ranks: [Int], size: Int, most: Int) -> [Double] {
    let width = most + 1
    var counts = Array(repeating: 0.0, count: (size + 1) * width)
    counts[0] = 1
    for (index, rank) in ranks.enumerated() where rank <= most {
      // From the largest subsets down, so that no rank is taken twice.
      for taken in stride(from: min(size, index + 1), to: 0, by: -1) {
        let (row, smaller) = (taken * width, (taken - 1) * width - rank)
        for sum in rank...most { counts[row + sum] += counts[smaller + sum] }
      }
    }
    return Array(counts.suffix(width))
  }

  /// The probability of a doubled rank sum of at most `sum`.
  func atMost(_ sum: Int) -> Double {
    sum < least ? 0 : cumulative[min(sum - least, cumulative.count - 1)]
  }

  /// The probability of a doubled rank sum of at least `sum`.
  func atLeast(_ sum: Int) -> Double { sum <= least ? 1 : max(0, 1 - atMost(sum - 1)) }
}

// MARK: Known distributions

extension RankSumDistribution {
  /// All that a distribution depends on.
  private struct Shape: Hashable {
    /// The sizes of the groups of equal values, from the smallest value up.
    var ties: [Int]
    /// The size of the sample.
    var size: Int
  }

  /// Computing a distribution takes tens of microseconds, and a comparison of many cells needs the same few over and
  /// over.
  private static let known = Mutex<[Shape: RankSumDistribution]>([:])
  private static let mostKnown = 1000

  /// The distribution of the rank sum of a sample of `size` values, where `ties` are the sizes of the groups of equal
  /// pooled values.
  static func of(ties: [Int], size: Int) -> RankSumDistribution {
    let shape = Shape(ties: ties, size: size)
    if let known = known.withLock({ $0[shape] }) { return known }
    let distribution = RankSumDistribution(doubledRanks: doubledRanks(ties), size: size)
    known.withLock { known in
      if known.count < mostKnown { known[shape] = distribution }
    }
    return distribution
  }

  /// The distribution where all values differ: it depends on the sizes alone.
  static func untied(_ first: Int, _ second: Int) -> RankSumDistribution {
    of(ties: Array(repeating: 1, count: first + second), size: second)
  }

  /// Twice the mean of the ranks of each group, for each of its values.
  private static func doubledRanks(_ ties: [Int]) -> [Int] {
    var below = 0
    return ties.flatMap { count in
      defer { below += count }
      return Array(repeating: 2 * below + count + 1, count: count)
    }
  }
}
