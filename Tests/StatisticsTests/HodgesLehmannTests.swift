import Testing

@testable import Statistics

/// Against R 4.2.2, `wilcox.test(second, first, conf.int = TRUE)`: `Rscript Tests/StatisticsTests/reference.R`.
@Suite struct HodgesLehmannTests {
  struct Case: Sendable {
    var first: [Double]
    var second: [Double]
    var shift: Double
    var interval: [Double]
  }

  @Test(arguments: [
    Case(first: [1, 2, 3, 4, 5, 6, 7], second: [11, 12, 13, 14, 15, 16, 17], shift: 10, interval: [7, 13]),
    Case(
      first: [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], second: [1.15, 0.88, 0.90, 0.74, 1.21],
      shift: -0.305, interval: [-0.76, 0.15]),
    Case(
      first: [3.1, 2.7, 9.4], second: [4.5, 6.2, 7.7, 3.3, 8.8, 5.1, 10.2, 6.9], shift: 1.9, interval: [-4.3, 6.1]),
    Case(
      first: (1...25).map { Double($0 * 37 % 101) }, second: (1...25).map { Double($0 * 53 % 97) + 0.5 }, shift: -3.5,
      interval: [-20.5, 14.5]),
  ])
  func isRs(sample: Case) throws {
    let estimate = try #require(HodgesLehmann(sample.first, sample.second))
    #expect(abs(estimate.shift - sample.shift) < 1e-12)
    let interval = try #require(estimate.interval)
    #expect(zip(interval, sample.interval).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// From R's `pwilcox`; 0 where even the extremes don't reach 95 %.
  @Test(arguments: [(3, 3, 0), (4, 4, 1), (5, 5, 3), (6, 6, 6), (7, 7, 9), (9, 9, 18), (7, 9, 13), (25, 25, 212)])
  func ranksAreRs(first: Int, second: Int, rank: Int) {
    #expect(HodgesLehmann.rank(first, second, confidence: 0.95) ?? 0 == rank)
  }

  /// The exact and the approximate ranks agree where the approximation takes over.
  @Test func theApproximationContinuesTheExactRanks() throws {
    let exact = try #require(HodgesLehmann.rank(25, 25, confidence: 0.95))
    let approximate = try #require(HodgesLehmann.rank(25, 26, confidence: 0.95))
    #expect((exact...exact + 12).contains(approximate))
  }

  @Test func threeTrialsGiveNoInterval() throws {
    let estimate = try #require(HodgesLehmann([1.5, 2.5, 3.5], [4.5, 5.5, 6.5]))
    #expect(estimate.shift == 3)
    #expect(estimate.interval == nil)
    #expect(HodgesLehmann([], [1]) == nil)
  }

  /// `qnorm(c(0.025, 0.5, 0.0001), lower.tail = FALSE)`.
  @Test(arguments: [(0.025, 1.95996398454005), (0.5, 0), (0.0001, 3.71901648545568)])
  func quantilesAreRs(probability: Double, quantile: Double) {
    #expect(abs(NormalQuantile.upper(probability) - quantile) < 1e-9)
  }
}
