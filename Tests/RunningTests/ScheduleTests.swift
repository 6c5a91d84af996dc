import Documents
import Planning
import TestSupport
import Testing
import Vocabulary

@testable import Running

@Suite struct ScheduleTests {
  private func plan(trials: [Int], seed: UInt64 = 3) throws -> RunPlan {
    let cells = trials.enumerated().map { index, count in
      var cell = Sample.cell()
      cell.messageSize = index + 1
      return PlannedCell(cell: cell, trials: count, length: .rounds(1))
    }
    return RunPlan(
      suite: "s", seed: seed, cells: cells, blocks: RunPlan.blocks(of: cells, seed: seed), directory: nil,
      trialTimeout: 1)
  }

  /// Runs a schedule with outcomes by cell and trial.
  private func run(_ plan: RunPlan, _ outcome: (ScheduledTrial) -> (CellStatus, Bool)) -> [ScheduledTrial] {
    var schedule = Schedule(plan)
    var trials: [ScheduledTrial] = []
    while let trial = schedule.next() {
      trials.append(trial)
      let (status, disturbed) = outcome(trial)
      schedule.finish(trial, status: status, disturbed: disturbed)
    }
    #expect(schedule.remaining == 0)
    return trials
  }

  @Test func blocksAreShuffledAndWhole() throws {
    let plan = try plan(trials: Array(repeating: 4, count: 30))
    #expect(plan.blocks.allSatisfy { $0.sorted() == Array(0..<30) })
    #expect(Set(plan.blocks).count == 4)
    #expect(plan.blocks != (try self.plan(trials: Array(repeating: 4, count: 30), seed: 4)).blocks)
    #expect(plan.blocks == (try self.plan(trials: Array(repeating: 4, count: 30))).blocks)
  }

  @Test func everyTrialRunsOnceInOrder() throws {
    let trials = run(try plan(trials: [3, 1, 2])) { _ in (.ok, false) }
    #expect(trials.map(\.order) == Array(0..<6))
    #expect(trials.map(\.index) == [0, 0, 0, 1, 1, 2])
    #expect(Set(trials.map { [$0.cell, $0.index] }).count == 6)
  }

  @Test func whatIsUnsupportedOrFailedIsNotRunAgain() throws {
    let trials = run(try plan(trials: [3, 3, 3])) { trial in
      (trial.cell == 0 ? .unsupported : trial.cell == 1 && trial.index == 1 ? .failed : .ok, false)
    }
    #expect(trials.count { $0.cell == 0 } == 1)
    #expect(trials.count { $0.cell == 1 } == 2)
    #expect(trials.count { $0.cell == 2 } == 3)
  }

  /// A repeat has the index of the trial that it repeats, and comes after the block's other trials.
  @Test func disturbedTrialsAreRepeatedTwiceAtMost() throws {
    let trials = run(try plan(trials: [2, 2])) { trial in (.ok, trial.cell == 0 && trial.index == 0) }
    #expect(trials.count { $0.cell == 0 && $0.index == 0 } == 3)
    #expect(trials.count == 6)
    #expect(trials[2...3].allSatisfy { $0.cell == 0 && $0.index == 0 })
  }
}
