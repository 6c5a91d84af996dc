import Statistics
import Testing

/// Against R 4.2.2 and coin 1.4-2: `Rscript Tests/StatisticsTests/reference.R`.
@Suite struct MannWhitneyTests {
  struct Case: Sendable {
    var first: [Double]
    var second: [Double]
    var less: Double
    var greater: Double
  }

  @Test(arguments: [
    Case(first: [1, 2, 3, 4, 5, 6, 7], second: [11, 12, 13, 14, 15, 16, 17], less: 1, greater: 0.000291375291375291),
    Case(
      first: [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], second: [1.15, 0.88, 0.90, 0.74, 1.21],
      less: 0.127206127206127, greater: 0.896769896769897),
    Case(
      first: [3.1, 2.7, 9.4], second: [4.5, 6.2, 7.7, 3.3, 8.8, 5.1, 10.2, 6.9], less: 0.860606060606061,
      greater: 0.187878787878788),
    Case(
      first: [1, 2, 2, 3, 3, 3, 4], second: [2, 3, 3, 4, 4, 5, 5, 6], less: 0.987567987567988,
      greater: 0.0307692307692308),
    Case(first: [1.5, 2.5, 3.5], second: [4.5, 5.5, 6.5], less: 1, greater: 0.05),
    Case(
      first: (1...25).map { Double($0 * 37 % 101) }, second: (1...25).map { Double($0 * 53 % 97) + 0.5 },
      less: 0.329073737846564, greater: 0.677864119352285),
    Case(
      first: (1...40).map { Double($0 * 37 % 61) }, second: (1...30).map { Double($0 * 53 % 59) + 7 },
      less: 0.970035273856472, greater: 0.0307806175845725),
  ])
  func isRs(sample: Case) throws {
    let test = try #require(MannWhitney(sample.first, sample.second))
    #expect(abs(test.less - sample.less) < 1e-12)
    #expect(abs(test.greater - sample.greater) < 1e-12)
  }

  @Test func nothingIsNoSample() {
    #expect(MannWhitney([], [1]) == nil)
    #expect(MannWhitney([1], []) == nil)
  }

  /// Equal values have one rank: nothing is more extreme than what was seen.
  @Test(arguments: [3, 40]) func constantSamplesDoNotDiffer(count: Int) throws {
    let values = Array(repeating: 5.0, count: count)
    #expect(try #require(MannWhitney(values, values)).twoSided == 1)
  }

  @Test func theSmallestIsThatOfSeparateSamples() throws {
    for size in [2, 4, 7, 9] {
      let (low, high) = ((1...size).map(Double.init), (1...size).map { Double($0 + 100) })
      let test = try #require(MannWhitney(low, high))
      #expect(abs(test.twoSided - MannWhitney.smallest(size, size)) < 1e-12)
    }
  }
}
