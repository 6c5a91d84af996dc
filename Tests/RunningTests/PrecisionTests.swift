import Base
import Documents
import Planning
import TestSupport
import Testing
import Vocabulary

@testable import Reporting
@testable import Running

/// Stopping early once the medians are precise.
@Suite struct PrecisionTests {
  private func plan(_ precision: Double?) -> RunPlan {
    let cells = [Sample.cell(.tcp, .pbuf), Sample.cell(.udp, .pbuf)].map {
      PlannedCell(cell: $0, trials: 20, length: .rounds(1))
    }
    return RunPlan(
      suite: "s", seed: 1, cells: cells, blocks: RunPlan.blocks(of: cells, seed: 1), directory: nil, trialTimeout: 1,
      precision: precision)
  }

  @Test func aBlockIsDoneWhenNothingOfItIsLeft() {
    var schedule = Schedule(plan(1))
    #expect(!schedule.isBlockDone)
    for number in 0..<4 {
      guard let trial = schedule.next() else { break }
      // The first trial is repeated once.
      schedule.finish(trial, status: .ok, disturbed: number == 0)
      #expect(schedule.isBlockDone == (number == 2))
    }
    schedule.stop()
    #expect(schedule.next() == nil)
    #expect(schedule.remaining == 0)
  }

  @Test func aCellIsPreciseWhenItsIntervalIsNarrow() {
    let cell = Sample.cell(.tcp, .pbuf)
    #expect(Sample.result(cell, [600, 601, 602, 603, 604, 606]).isPrecise(0.5))
    #expect(!Sample.result(cell, [600, 601, 602, 603, 604, 606]).isPrecise(0.49))
    // Fewer than six give no interval.
    #expect(!Sample.result(cell, [600, 600, 600, 600, 600]).isPrecise(50))
    #expect(CellResult(cell: cell, status: .unsupported, reason: Sample.unsupported).isPrecise(1))
  }

  /// The fake workload always measures the same: six blocks are enough.
  @Test func aRunStopsEarly() async throws {
    let (workload, folder) = (try FakeWorkload(.slow(seconds: 0)), try TemporaryFolder())
    let arguments = ["--transport", "udp", "--mode", "pbuf,legacy", "--operation", "oneshot", "--trials", "9"]
    let program = try await Program.run(
      Places.ringbench, ["run", "--output", "out", "--precision", "2"] + arguments, in: folder.path,
      environment: workload.environment)
    #expect(program.status == 0, "\(program.error)")
    let document = try ResultsJSON.decode(ResultsDocument.self, from: folder.read("out/results.json"))
    #expect(document.cells.map(\.trials.count) == [6, 6])
    #expect(document.precision == 2)
    #expect(document.finished != nil)
  }

  @Test func aDryRunSaysSo() {
    #expect(DryRun(plan(2.5)).text.hasSuffix(", less once every median is known to 2.5 %\n"))
    #expect(!DryRun(plan(nil)).text.contains("less once"))
  }
}
