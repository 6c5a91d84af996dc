import Statistics
import Testing

/// Expected values: `scipy.stats.wilcoxon(x, method="exact")`, and by counting all signs where values are tied.
@Suite struct SignedRankTests {
  static let sample = [
    2.341, -2.256, 0.718, -0.268, -0.153, 0.084, -1.72, 0.068, -0.565, 3.623, 0.526, -0.053,
  ]

  @Test func agreesWithSciPy() throws {
    let ranks = try #require(SignedRank(Self.sample))
    #expect(abs(ranks.probability - 0.85009765625) < 1e-12)
    #expect(abs(ranks.shift - 0.05525) < 1e-12)
    let interval = try #require(ranks.interval)
    #expect(abs(interval[0] + 0.865) < 1e-12)
    #expect(abs(interval[1] - 1.2125) < 1e-12)
  }

  @Test func tiesAndZeros() throws {
    let ranks = try #require(SignedRank([1, 2, -2, 3, 3, 0, 4]))
    #expect(ranks.probability == 0.125)
  }

  @Test func exchangingTheSidesChangesOnlyTheSign() throws {
    let (one, other) = (try #require(SignedRank(Self.sample)), try #require(SignedRank(Self.sample.map { -$0 })))
    #expect(one.probability == other.probability)
    #expect(abs(one.shift + other.shift) < 1e-12)
  }

  @Test func noDifferenceIsNoDifference() throws {
    let ranks = try #require(SignedRank(Array(repeating: 0, count: 11)))
    #expect(ranks.probability == 1 && ranks.shift == 0 && ranks.interval == [0, 0])
  }

  @Test func fewPairsHaveNoInterval() {
    #expect(SignedRank([1, 2, 3, 4, 5])?.interval == nil)
    #expect(SignedRank([1, 2, 3, 4, 5, 6])?.interval == [1, 6])
    #expect(SignedRank([]) == nil)
  }

  @Test(arguments: [(11, 1.0 / 1024), (1, 1)])
  func theSmallestProbability(pairs: Int, expected: Double) {
    #expect(SignedRank.smallest(pairs) == expected)
    #expect(SignedRank((1...pairs).map(Double.init))?.probability == expected)
  }

  /// Beyond the exact sizes the probabilities go on smoothly.
  @Test func theApproximationMeetsTheExactValues() throws {
    let values = (1...51).map { Double($0) * ($0.isMultiple(of: 2) ? -1 : 1.5) }
    let exact = try #require(SignedRank(Array(values.prefix(50))))
    let approximate = try #require(SignedRank(values))
    #expect(abs(exact.probability - approximate.probability) < 0.15)
    #expect(approximate.interval != nil)
  }
}
