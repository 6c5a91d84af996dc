import Documents
import TestSupport
import Testing
import Vocabulary

/// The four verdicts on documents whose true difference is known.
@Suite struct RunComparisonTests {
  private let cell = Sample.cell(.tcp, .pbuf)

  private func verdict(_ old: [Double], _ new: [Double], threshold: Double? = nil) throws -> Verdict {
    try metric(old, new, threshold: threshold).verdict
  }

  private func metric(_ old: [Double], _ new: [Double], threshold: Double? = nil) throws -> MetricComparison {
    let comparison = try compare(
      Sample.document([Sample.result(cell, old)]), Sample.document([Sample.result(cell, new)]), threshold: threshold)
    return try #require(comparison.cells.first?.metrics["ns_per_operation"])
  }

  @Test func eachOfTheFourWords() throws {
    let old = Sample.around(600)
    #expect(try verdict(old, Sample.around(660)) == .worse)
    #expect(try verdict(old, Sample.around(540)) == .better)
    #expect(try verdict(old, Sample.around(603)) == .same)
    #expect(try verdict([500, 700, 550, 650, 600, 580], [520, 690, 560, 720, 610, 640]) == .undecided)
  }

  /// A real difference that is surely below the threshold is `same`. A difference that may exceed it counts.
  @Test func theThresholdIsThatOfTheInterval() throws {
    let (old, new) = (Sample.around(600), Sample.around(618))
    #expect(try verdict(old, new) == .same)
    #expect(try verdict(old, new, threshold: 1) == .worse)
    #expect(try verdict(old, Sample.around(630)) == .worse)
    #expect(try verdict(old, Sample.around(570)) == .better)
  }

  @Test func saysHowManyTurnsWouldDecide() throws {
    let (old, new) = ([590.0, 640, 605, 620, 610, 600], [622.0, 630, 657, 612, 632, 642])
    let comparison = try turns(old, new)
    #expect(comparison.verdict == .undecided)
    #expect(comparison.pairs == 6)
    let turns = try #require(comparison.trialsToDecide)
    #expect((8...300).contains(turns))
    // One run after the other, more trials don't make the machine's drift any smaller.
    #expect(try metric(old, new).trialsToDecide == nil)
  }

  /// Drift that both sides share is no difference, and a difference that is smaller than the drift is found.
  @Test func turnsSeeThroughDrift() throws {
    let drift = [600.0, 640, 610, 580, 660, 700, 620, 590, 570, 630, 680]
    #expect(try turns(drift, drift.enumerated().map { $1 * ($0.isMultiple(of: 2) ? 1.001 : 0.999) }).verdict == .same)
    #expect(try turns(drift, drift.map { $0 * 1.03 }, threshold: 1).verdict == .worse)
    #expect(try metric(drift, drift.map { $0 * 1.03 }, threshold: 1).verdict == .undecided)
  }

  /// A session counts once, with the median of its trials.
  @Test func aSessionIsOnePair() throws {
    let old = [600.0, 601, 900, 600, 602, 600, 610, 611, 609, 605, 605, 605, 600, 600, 600, 601, 601, 601]
    let metric = try turns(old, old.map { $0 * 1.2 }, trialsPerTurn: 3)
    #expect(metric.pairs == 6)
    #expect(metric.baseline == 601)
  }

  private func turns(
    _ old: [Double], _ new: [Double], trialsPerTurn: Int = 1, threshold: Double? = nil
  ) throws -> MetricComparison {
    var documents = [old, new].map { Sample.document([Sample.result(cell, $0)]) }
    for (index, side) in [Turns.Side.baseline, .new].enumerated() {
      documents[index].turns = Turns(id: "a", side: side, trialsPerTurn: trialsPerTurn)
    }
    let comparison = try compare(documents[0], documents[1], threshold: threshold)
    #expect(comparison.design == .turns)
    return try #require(comparison.cells.first?.metrics["ns_per_operation"])
  }

  /// Two halves of one pair of runs belong together, and no others.
  @Test func turnsAreOfOnePairOfRuns() throws {
    var (old, new) = (
      Sample.document([Sample.result(cell, Sample.around(600))]),
      Sample.document([Sample.result(cell, Sample.around(600))])
    )
    old.turns = Turns(id: "a", side: .baseline, trialsPerTurn: 1)
    new.turns = Turns(id: "b", side: .new, trialsPerTurn: 1)
    #expect(try compare(old, new).design == .sequence)
    new.turns = Turns(id: "a", side: .baseline, trialsPerTurn: 1)
    #expect(try compare(old, new).design == .sequence)
  }

  /// Where the machine itself moves by more than the threshold, no number of trials helps.
  @Test func saysWhenNoNumberWould() throws {
    var old = Sample.result(cell, Sample.around(600))
    var new = old
    for index in old.trials.indices {
      old.trials[index].outcome.measurements?[.computeNs] = 1
      new.trials[index].outcome.measurements?[.computeNs] = 1.08
    }
    let comparison = try compare(Sample.document([old]), Sample.document([new]))
    let metric = try #require(comparison.cells.first?.metrics["ns_per_operation"])
    #expect(metric.verdict == .undecided)
    #expect(metric.trialsToDecide == nil)
    #expect(metric.machinePercent > 8)
    #expect(comparison.warnings.map(\.kind) == [.machineSpeed])
  }

  /// The syscall probe shows the machine's speed where the kernel is the same, and the kernel's speed where it is not.
  @Test func aSlowerSystemCallIsTheMachinesOnOneKernelAlone() throws {
    let old = Sample.document([Sample.result(cell, Sample.around(600))])
    var new = old
    for index in new.cells[0].trials.indices {
      new.cells[0].trials[index].outcome.measurements![.syscallNs]! *= 1.2
      new.cells[0].trials[index].outcome.measurements![.nsPerOperation]! *= 1.1
    }
    #expect(try compare(old, new).cells[0].verdict == .undecided)
    new.host.kernelRelease = "6.13.0"
    let comparison = try compare(old, new)
    #expect(comparison.cells[0].verdict == .worse)
    #expect(comparison.warnings.map(\.kind).contains(.kernel))
  }

  /// A stream of trials that take so long, with a receiver that runs for a part of that; nil where the part is unknown.
  private func stream(_ ns: Double, busy: Double?) -> ResultsDocument {
    var result = Sample.result(Sample.cell(.tcp, .pbuf, .multishot, .stream), Sample.around(ns))
    for index in result.trials.indices {
      let all = result.trials[index].outcome.measurements?[.nsPerOperation] ?? 0
      result.trials[index].outcome.measurements?[.cpuNsPerOperation] = busy.map { all * $0 }
    }
    return Sample.document([result])
  }

  @Test func throughputIsBetterWhenItIsMore() throws {
    let comparison = try compare(stream(600, busy: 0.99), stream(400, busy: 0.99))
    #expect(comparison.cells[0].ranking.map(\.name) == ["cpu_ns_per_operation", "operations_per_second"])
    let metric = try #require(comparison.cells[0].ranking.last)
    #expect(try #require(metric.metric.percent) > 49)
    #expect(comparison.cells[0].verdict == .better)
  }

  /// A faster receiver that waits for its sender has no more throughput, and perhaps less.
  @Test func throughputCountsOnlyWhereTheReceiverWasBusy() throws {
    let comparison = try compare(stream(600, busy: 0.97), stream(600, busy: 0.6))
    #expect(comparison.cells[0].ranking.map(\.name) == ["cpu_ns_per_operation"])
    #expect(comparison.cells[0].verdict == .better)
  }

  @Test func olderResultsWithoutCPUTimeAreJudgedByThroughput() throws {
    let comparison = try compare(stream(600, busy: nil), stream(400, busy: nil))
    #expect(comparison.cells[0].ranking.map(\.name) == ["operations_per_second"])
    #expect(comparison.cells[0].verdict == .better)
  }

  @Test func latencyIsJudgedByTwoPercentiles() throws {
    var cell = Sample.cell(.tcp, .pbuf, .multishot, .paced)
    cell.rate = 20_000
    func document(_ p99: UInt64) -> ResultsDocument {
      var latency = Sample.latency(values: [500, 900], counts: [99, 1])
      latency.p99 = p99
      let trials = Sample.trials(Sample.around(600), latency: latency)
      return Sample.document([CellResult(cell: cell, status: .ok, trials: trials)])
    }
    let comparison = try compare(document(900), document(1800))
    #expect(
      comparison.cells[0].ranking.map(\.name) == ["cpu_ns_per_operation", "latency_ns_p50", "latency_ns_p99"])
    #expect(comparison.cells[0].ranking.map(\.metric.verdict) == [.same, .same, .worse])
    #expect(comparison.cells[0].verdict == .worse)
  }

  /// A side that was measured by itself had the same options as one that `vm compare` measures.
  @Test(arguments: [
    (["vm", "run", "--kernel", "a", "--output", "x", "--", "--mode", "pbuf"], true),
    (["vm", "compare", "--label=a b", "--jobs", "2", "--", "--mode", "pbuf"], true),
    (["vm", "run", "--", "--mode", "legacy"], false), (["run", "--mode", "pbuf"], false),
  ])
  func optionsThatChangeNoNumberAreNoDifference(words: [String], isSame: Bool) throws {
    var (one, other) = (Sample.document([]), Sample.document([]))
    one.command = ["ringbench", "vm", "compare", "--kernel", "a", "--kernel", "b", "--", "--mode", "pbuf"]
    other.command = ["/elsewhere/ringbench"] + words
    #expect(try compare(one, other).warnings.map(\.kind).contains(.options) != isSame)
  }

  @Test func exchangingTheRunsTurnsTheWords() throws {
    let (old, new) = (Sample.around(600), Sample.around(660))
    let (forth, back) = (try metric(old, new), try metric(new, old))
    #expect((forth.verdict, back.verdict) == (.worse, .better))
    let ratio = (1 + (forth.percent ?? 0) / 100) * (1 + (back.percent ?? 0) / 100)
    #expect(abs(ratio - 1) < 1e-9)
  }

  /// Holm's correction keeps all eighty cells of noise from being called different.
  @Test func manyCellsAreCorrectedFor() throws {
    var random = SeededRandom(seed: 17)
    func document(_ side: Turns.Side) -> ResultsDocument {
      var document = Sample.document(
        (1...80).map { size in
          var cell = cell
          cell.messageSize = size
          return Sample.result(cell, (0..<20).map { _ in 600 + 30 * random.normal(mean: 0) })
        })
      document.turns = Turns(id: "a", side: side, trialsPerTurn: 1)
      return document
    }
    let comparison = try compare(document(.baseline), document(.new))
    #expect(comparison.count(.worse) + comparison.count(.better) == 0)
    #expect(comparison.cells.contains { ($0.ranking.first?.metric.probability ?? 1) < 0.05 })
  }

  @Test func aMeasuredFloorMayBeMoreThanTheAssumedOne() throws {
    let size = NoiseFloor.Size(trials: 11, pairs: 9, shiftPercent: 9, halfWidthPercent: 1, driftPercent: 9)
    let row = NoiseFloor.Row(
      pattern: .drain, isDirect: false, metric: "ns_per_operation", cells: 3, sizes: [size])
    let (old, new) = (
      Sample.document([Sample.result(cell, Sample.around(600))]),
      Sample.document([Sample.result(cell, Sample.around(642))])
    )
    #expect(try compare(old, new).cells[0].verdict == .worse)
    let comparison = try compare(old, new, floor: NoiseFloor(rows: [row]))
    #expect(comparison.cells[0].verdict == .undecided)
    #expect(comparison.floor == "floor")
  }
}
