import Documents
import TestSupport
import Testing
import Vocabulary

/// Runs that lack something get a correct verdict, never a made-up interval.
@Suite struct ComparisonEdgeTests {
  private let cell = Sample.cell(.tcp, .pbuf)

  private func compared(_ old: [CellResult], _ new: [CellResult]) throws -> RunComparison {
    try compare(Sample.document(old), Sample.document(new))
  }

  @Test func aSingleTrialDecidesNothingOnAHost() throws {
    let comparison = try compared([Sample.result(cell, [600])], [Sample.result(cell, [900])])
    let metric = try #require(comparison.cells[0].ranking.first?.metric)
    #expect(metric.verdict == .undecided)
    #expect(metric.interval == nil)
    #expect(try #require(metric.trialsToDecide) >= 4)
    #expect(!comparison.isComparable)
    #expect(comparison.warnings.map(\.kind) == [.tooFewTrials])
  }

  @Test func aSingleDeterministicTrialDecides() throws {
    func document(_ instructions: Double) -> ResultsDocument {
      Sample.deterministic([Sample.result(cell, [600], instructions: instructions)])
    }
    for (instructions, verdict) in [(1010.0, Verdict.worse), (1005, .same), (1000, .same), (994, .better)] {
      let comparison = try compare(document(1000), document(instructions))
      let metric = try #require(comparison.cells[0].metrics["instructions_per_operation"])
      #expect(comparison.cells[0].verdict == verdict)
      let percent = try #require(metric.percent)
      #expect(metric.interval == [percent, percent])
      #expect(metric.probability == nil)
      #expect(comparison.assumption == .exact)
      #expect(comparison.threshold == 0.5)
      #expect(comparison.isComparable)
    }
  }

  /// With two virtual CPUs one cell in four can vary: no single pair of values is then the truth.
  @Test func deterministicTrialsThatDifferAreARange() throws {
    func document(_ instructions: [Double]) -> ResultsDocument {
      var result = Sample.result(cell, instructions)
      for index in result.trials.indices {
        result.trials[index].outcome.measurements?[.instructionsPerOperation] = instructions[index]
      }
      return Sample.deterministic([result])
    }
    let undecided = try compare(document([1000, 1002]), document([1004, 1007]))
    #expect(undecided.cells[0].verdict == .undecided)
    #expect(undecided.warnings.map(\.kind) == [.notConstant])
    // Two states tell too little, five whose ranges lie apart tell enough.
    #expect(try compare(document([1000, 1002]), document([1020, 1021])).cells[0].verdict == .undecided)
    let (five, moreOfFive) = ([1000.0, 1002, 1001, 1000, 1002], [1020.0, 1021, 1020, 1021, 1021])
    #expect(try compare(document(five), document(moreOfFive)).cells[0].verdict == .worse)
    #expect(try compare(document(five), document(five.map { $0 + 1 })).cells[0].verdict == .same)
  }

  /// From seven states on a rank test decides, and equal states are no difference however far apart they are.
  @Test func sevenStatesAreASample() throws {
    func document(_ instructions: [Double]) -> ResultsDocument {
      var result = Sample.result(cell, instructions)
      for index in result.trials.indices {
        result.trials[index].outcome.measurements?[.instructionsPerOperation] = instructions[index]
      }
      return Sample.deterministic([result])
    }
    let states = [3007.5, 3102.5, 3007.5, 3055, 3102.5, 3007.5, 3055]
    #expect(try compare(document(states), document(states.reversed())).cells[0].verdict == .same)
    #expect(try compare(document(states), document(states.map { $0 * 1.1 })).cells[0].verdict == .worse)
    #expect(try compare(document(states), document(states.map { $0 * 1.01 })).cells[0].verdict == .undecided)
    let steady = (0..<7).map { 3000 + Double($0 % 2) }
    #expect(try compare(document(steady), document(steady.map { $0 * 1.01 })).cells[0].verdict == .worse)
  }

  @Test func constantSamplesAreTheSame() throws {
    let same = try compared(
      [Sample.result(cell, Array(repeating: 600, count: 7))],
      [Sample.result(cell, Array(repeating: 600, count: 9))])
    #expect(same.cells[0].verdict == .same)
    #expect(same.cells[0].metrics["enters_per_operation"]?.percent == 0)
    #expect(same.cells[0].metrics["out_of_buffers"]?.verdict == .same)
  }

  @Test func constantSamplesCanDiffer() throws {
    let comparison = try compared(
      [Sample.result(cell, Array(repeating: 600, count: 9))],
      [Sample.result(cell, Array(repeating: 700, count: 9))])
    #expect(comparison.cells[0].verdict == .worse)
    #expect(abs(try #require(comparison.cells[0].metrics["ns_per_operation"]?.percent) - 100.0 / 6) < 1e-9)
  }

  @Test(arguments: [(0.0, 0.0, Verdict.same), (0, 5, .worse), (5, 0, .better)])
  func zeroIsAValue(old: Double, new: Double, verdict: Verdict) throws {
    func result(_ ns: Double) -> CellResult {
      var result = Sample.result(cell, Array(repeating: 600, count: 9))
      for index in result.trials.indices { result.trials[index].outcome.measurements?[.nsPerOperation] = ns }
      return result
    }
    let comparison = try compared([result(old)], [result(new)])
    let metric = try #require(comparison.cells[0].metrics["ns_per_operation"])
    #expect(metric.verdict == verdict)
    #expect((metric.percent == nil) == (old == 0 && new != 0))
  }

  @Test func unequalNumbersOfTrialsAreCompared() throws {
    let comparison = try compared(
      [Sample.result(cell, Sample.around(600))], [Sample.result(cell, Array(Sample.around(660).prefix(6)))])
    let metric = try #require(comparison.cells[0].ranking.first?.metric)
    #expect((metric.baselineTrials, metric.newTrials) == (11, 6))
    #expect(metric.verdict == .worse)
  }

  @Test func cellsThatNoLongerWorkAreLost() throws {
    let (good, legacy) = (Sample.result(cell, Sample.around(600)), Sample.cell(.tcp, .legacy))
    let unsupported = CellResult(cell: cell, status: .unsupported, reason: Sample.unsupported)
    let failed = CellResult(
      cell: legacy, status: .failed, reason: Reason(stage: .verify, message: "byte 3 is wrong"),
      trials: Sample.trials([600]))
    let comparison = try compared([good, Sample.result(legacy, [600])], [unsupported, failed])
    #expect(comparison.cells.map(\.verdict) == [.lost, .lost])
    #expect(comparison.cells[0].remark == "new failed: verify: byte 3 is wrong")
    #expect(comparison.cells[1].remark == "new unsupported: register: EINVAL")
    #expect(comparison.cells.allSatisfy { $0.metrics.isEmpty })
    #expect(comparison.warnings.map(\.kind) == [.lost])
    #expect(comparison.hasWorse)
    let back = try compared([unsupported, failed], [good, Sample.result(legacy, [600])])
    #expect(back.cells.map(\.verdict) == [.missing, .missing])
    #expect(!back.isComparable && !back.hasWorse)
  }

  @Test func cellsOfOneRunAloneAreCounted() throws {
    let other = Sample.result(Sample.cell(.udp, .pbuf), Sample.around(600))
    let shared = Sample.result(cell, Sample.around(600))
    let comparison = try compared([shared], [shared, other])
    #expect(comparison.cells.count == 1)
    #expect(
      comparison.warnings.map(\.message) == ["different cells: 0 are in the baseline alone, and 1 in the new run alone"]
    )
    let apart = try compared([shared], [other])
    #expect(!apart.isComparable)
  }

  @Test func nothingAtAllIsNotComparable() throws {
    let comparison = try compared([], [])
    #expect(comparison.cells.isEmpty && !comparison.isComparable && !comparison.hasWorse)
  }
}
