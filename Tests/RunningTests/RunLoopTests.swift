import Base
import Documents
import Planning
import TestSupport
import Testing
import Vocabulary

@testable import Running

/// The run loop with an executor that runs nothing: order, repeats, disturbance, precision and interruption.
@Suite struct RunLoopTests {
  private func plan(trials: Int = 3, precision: Double? = nil) -> RunPlan {
    let cells = [Mode.plain, .legacy, .pbuf].map {
      PlannedCell(cell: Sample.cell(.pipe, $0, .oneshot), trials: trials, length: .rounds(1))
    }
    return RunPlan(
      suite: "s", seed: 5, cells: cells, blocks: RunPlan.blocks(of: cells, seed: 5), directory: nil, trialTimeout: 1,
      precision: precision)
  }

  /// Runs a plan from its start or from where entries end.
  private func run(
    _ plan: RunPlan, _ answers: Answers, after finished: [JournalEntry] = []
  ) async throws -> (entries: [JournalEntry], isComplete: Bool) {
    var loop = RunLoop(plan, executor: answers, log: Memory())
    try loop.replay(finished, from: "journal")
    try await loop.run()
    return (finished + loop.log.entries, loop.isComplete)
  }

  @Test func trialsComeInTheOrderOfThePlan() async throws {
    let plan = plan()
    let answers = Answers { _, _ in Answers.ok() }
    let (entries, isComplete) = try await run(plan, answers)
    #expect(isComplete)
    #expect(entries.map(\.cell) == Array(plan.blocks.joined()))
    #expect(entries.map(\.trial.order) == Array(0..<9))
    #expect(entries.map(\.trial.index) == [0, 0, 0, 1, 1, 1, 2, 2, 2])
    #expect(answers.asked == entries.map { plan.cells[$0.cell].cell })
  }

  /// A disturbed trial is marked and comes again at the end of its block, twice at most.
  @Test func disturbedTrialsAreRepeated() async throws {
    let (entries, isComplete) = try await run(
      plan(trials: 2), Answers { cell, _ in Answers.ok(steal: cell.mode == .legacy ? 0.5 : 0) })
    #expect(isComplete)
    let legacy = entries.filter { $0.cell == 1 }
    #expect(legacy.map(\.trial.index) == [0, 0, 0, 1, 1, 1])
    #expect(legacy.allSatisfy { $0.trial.disturbed == "50.0 % of the CPU time was stolen" })
    #expect(entries.count == 10)
    #expect(entries[3].cell == 1 && entries[4].cell == 1)
  }

  /// The fastest syscall probe so far tells the next trial what is undisturbed.
  @Test func whatIsKnownOfTheCoreIsPassedOn() async throws {
    let answers = Answers { _, number in Answers.ok(syscallNs: [0.5, 0.25, 0.3][min(number, 2)]) }
    _ = try await run(plan(trials: 1), answers)
    #expect(answers.syscallNs.prefix(3) == [nil, 0.5 * CoreSpeed.tolerance, 0.25 * CoreSpeed.tolerance])
  }

  @Test func aFailedCellIsNotRunAgainAndTheOthersGoOn() async throws {
    let (entries, isComplete) = try await run(
      plan(), Answers { cell, _ in cell.mode == .pbuf ? .failed(.verify, "wrong") : Answers.ok() })
    #expect(isComplete)
    #expect(entries.count { $0.cell == 2 } == 1)
    #expect(entries.count == 7)
    #expect(plan().results(of: entries).map(\.status) == [.ok, .ok, .failed])
  }

  /// Six equal trials give an interval of no width.
  @Test func aPreciseRunEndsEarly() async throws {
    let (entries, isComplete) = try await run(plan(trials: 20, precision: 1), Answers { _, _ in Answers.ok() })
    #expect(isComplete)
    #expect(entries.count == 3 * 6)
  }

  /// A run that is interrupted anywhere and resumed has the same trials in the same order as an uninterrupted run.
  @Test(arguments: 0..<9) func anInterruptedRunGoesOnWhereItWas(cut: Int) async throws {
    let plan = plan()
    let answer: Answers.Answer = { cell, _ in Answers.ok(ns: cell.mode == .plain ? 500 : 700) }
    let whole = try await run(plan, Answers(answer))
    let first = try await Task { try await run(plan, Answers { $1 == cut ? nil : answer($0, $1) }) }.value
    #expect(!first.isComplete)
    #expect(first.entries.count == cut)
    let resumed = try await run(plan, Answers(answer), after: first.entries)
    #expect(resumed.isComplete)
    #expect(resumed.entries == whole.entries)
  }

  @Test func aJournalOfAnotherPlanIsRefused() async throws {
    let (entries, _) = try await run(plan(), Answers { _, _ in Answers.ok() })
    await #expect(throws: RingbenchError.badInput("journal:2: this trial is not the one that the plan has here")) {
      _ = try await run(plan(), Answers { _, _ in Answers.ok() }, after: Array(entries.dropFirst()))
    }
  }
}
