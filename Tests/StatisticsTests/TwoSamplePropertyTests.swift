import Statistics
import TestSupport
import Testing

/// Properties of all samples, tried on many random samples from a fixed seed.
@Suite struct TwoSamplePropertyTests {
  private struct Pair {
    var first: [Double]
    var second: [Double]
    var estimate: HodgesLehmann
    var test: MannWhitney
  }

  /// Samples of 4 to 12 values, every third pair with many ties.
  private func pairs(_ count: Int = 300) throws -> [Pair] {
    var random = SeededRandom(seed: 5)
    return try (0..<count).map { number in
      func values() -> [Double] {
        (0..<Int.random(in: 4...12, using: &random)).map { _ in
          number.isMultiple(of: 3) ? Double(Int.random(in: 1...6, using: &random)) : random.normal(mean: 10)
        }
      }
      let (first, second) = (values(), values())
      return try pair(first, second)
    }
  }

  private func pair(_ first: [Double], _ second: [Double]) throws -> Pair {
    Pair(
      first: first, second: second, estimate: try #require(HodgesLehmann(first, second)),
      test: try #require(MannWhitney(first, second)))
  }

  @Test func theOrderDoesNotMatter() throws {
    for one in try pairs() {
      let other = try pair(one.first.reversed(), one.second.sorted())
      #expect(other.estimate == one.estimate)
      #expect(other.test == one.test)
    }
  }

  /// Powers of two, so that not even rounding differs.
  @Test func theUnitDoesNotMatter() throws {
    for one in try pairs() {
      let other = try pair(one.first.map { $0 * 1024 }, one.second.map { $0 * 1024 })
      #expect(other.estimate.shift == one.estimate.shift * 1024)
      #expect(other.estimate.interval == one.estimate.interval?.map { $0 * 1024 })
      #expect(other.test == one.test)
    }
  }

  @Test func exchangingTheSamplesTurnsTheSign() throws {
    for one in try pairs() {
      let other = try pair(one.second, one.first)
      #expect(other.estimate.shift == -one.estimate.shift)
      #expect(other.estimate.interval == one.estimate.interval.map { [-$0[1], -$0[0]] })
      #expect(abs(other.test.less - one.test.greater) < 1e-12)
      #expect(abs(other.test.twoSided - one.test.twoSided) < 1e-12)
    }
  }

  @Test func theIntervalHoldsTheEstimate() throws {
    for one in try pairs() {
      guard let interval = one.estimate.interval else { continue }
      #expect((interval[0]...interval[1]).contains(one.estimate.shift))
    }
  }

  /// Without ties the interval leaves out 0 exactly where the test finds a difference.
  @Test func theIntervalAndTheTestAgree() throws {
    for (number, one) in try pairs().enumerated() where !number.isMultiple(of: 3) {
      guard let interval = one.estimate.interval else { continue }
      #expect((interval[0] > 0 || interval[1] < 0) == (one.test.twoSided <= 0.05))
    }
  }

  /// 2000 experiments each; coverage may be two standard errors below 95 %.
  @Test(arguments: [4, 7, 9], [false, true]) func theIntervalCovers(size: Int, isSkewed: Bool) throws {
    var random = SeededRandom(seed: UInt64(size))
    var covered = 0
    for _ in 0..<2000 {
      func values(_ shift: Double) -> [Double] {
        (0..<size).map { _ in shift + (isSkewed ? random.exponential() : random.normal(mean: 0)) }
      }
      let interval = try #require(HodgesLehmann(values(0), values(3))?.interval)
      if interval[0] <= 3, 3 <= interval[1] { covered += 1 }
    }
    #expect(covered >= 1880)
  }

  /// At most 5 % of the tests, plus two standard errors, find a difference between samples of one population.
  @Test(arguments: [false, true]) func falseAlarmsAreAsRareAsPromised(hasTies: Bool) throws {
    var random = SeededRandom(seed: 11)
    var alarms = 0
    for _ in 0..<2000 {
      func values() -> [Double] {
        (0..<7).map { _ in hasTies ? Double(Int.random(in: 1...4, using: &random)) : random.normal(mean: 0) }
      }
      if try #require(MannWhitney(values(), values())).twoSided <= 0.05 { alarms += 1 }
    }
    #expect(alarms <= 120)
  }

  @Test func correctingNeverMakesSmaller() {
    var random = SeededRandom(seed: 3)
    for count in 1...40 {
      let probabilities = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
      let adjusted = Holm.adjusted(probabilities)
      #expect(zip(probabilities, adjusted).allSatisfy { $0 <= $1 && $1 <= 1 })
      let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
      #expect(zip(order, order.dropFirst()).allSatisfy { adjusted[$0] <= adjusted[$1] })
    }
  }
}
