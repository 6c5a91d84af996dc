import Documents
import Planning
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Running

/// Two sides in turns, with executors that run nothing.
@Suite struct TurnLoopTests {
  private static let modes: [Mode] = [.plain, .legacy, .pbuf]

  private func plan(seed: UInt64 = 5) -> RunPlan {
    let cells = Self.modes.map {
      PlannedCell(cell: Sample.cell(.pipe, $0, .oneshot), trials: 1, length: .rounds(1))
    }
    return RunPlan(
      suite: "s", seed: seed, cells: cells, blocks: RunPlan.blocks(of: cells, seed: seed), directory: nil,
      trialTimeout: 1)
  }

  private typealias Sides = (baseline: [JournalEntry], new: [JournalEntry], finished: Int)

  private func run(
    _ baseline: Answers, _ new: Answers, turns: Int = 4, trials: Int = 2, seed: UInt64 = 5
  ) async throws -> Sides {
    var loop = TurnLoop<Answers, Memory>(
      plan(seed: seed), turns: turns, trials: trials, baseline: .init(executor: baseline, log: Memory()),
      new: .init(executor: new, log: Memory()), quiet: true)
    try await loop.run()
    return (loop.baseline.log.entries, loop.new.log.entries, loop.finishedTurns)
  }

  /// Every session of a cell has its partner right beside it, and each turn has all cells.
  @Test func sessionsComeInPairs() async throws {
    let sides = try await run(Answers { _, _ in Answers.ok() }, Answers { _, _ in Answers.ok() })
    #expect(sides.finished == 4)
    for side in [sides.baseline, sides.new] {
      for cell in 0..<3 { #expect(side.filter { $0.cell == cell }.map(\.trial.index) == Array(0..<8)) }
    }
    let all = (sides.baseline.map { ($0, 0) } + sides.new.map { ($0, 1) }).sorted {
      $0.0.trial.order < $1.0.trial.order
    }
    #expect(all.map(\.0.trial.order) == Array(0..<48))
    for pair in stride(from: 0, to: 48, by: 4) {
      let four = all[pair..<pair + 4]
      #expect(Set(four.map(\.0.cell)).count == 1)
      #expect(four.map(\.1).first == four.map(\.1)[1] && four.map(\.1)[1] != four.map(\.1)[2])
    }
  }

  /// Chance decides which side comes first, for each pair anew, and the seed decides chance.
  @Test func chanceDecidesWhichSideComesFirst() async throws {
    func firsts(_ seed: UInt64) async throws -> [Bool] {
      let sides = try await run(
        Answers { _, _ in Answers.ok() }, Answers { _, _ in Answers.ok() }, turns: 40, trials: 1, seed: seed)
      let partner = Dictionary(uniqueKeysWithValues: sides.new.map { ([$0.cell, $0.trial.index], $0.trial.order) })
      return sides.baseline.map { $0.trial.order < (partner[[$0.cell, $0.trial.index]] ?? 0) }
    }
    let first = try await firsts(1)
    #expect((30...90).contains(first.count { $0 }))
    #expect(try await firsts(1) == first)
    #expect(try await firsts(2) != first)
  }

  @Test func aDisturbedTrialIsRepeatedOnce() async throws {
    let sides = try await run(
      Answers { cell, _ in Answers.ok(steal: cell.mode == .legacy ? 0.5 : 0) }, Answers { _, _ in Answers.ok() },
      turns: 1)
    #expect(sides.baseline.filter { $0.cell == 1 }.map(\.trial.index) == [0, 0, 1, 1])
    #expect(sides.new.count == 6)
  }

  /// Without numbers on one side no pair is possible: the cell ends on both, and the others go on.
  @Test func aFailedCellEndsOnBothSides() async throws {
    let sides = try await run(
      Answers { cell, _ in cell.mode == .pbuf ? .failed(.verify, "wrong") : Answers.ok() },
      Answers { _, _ in Answers.ok() })
    #expect(sides.finished == 4)
    #expect(sides.baseline.count { $0.cell == 2 } == 1)
    #expect(sides.new.count { $0.cell == 2 } <= 2)
    #expect(sides.new.count { $0.cell == 0 } == 8)
  }

  @Test func anInterruptionEndsBetweenTrials() async throws {
    let task = Task {
      try await run(Answers { _, number in number == 5 ? nil : Answers.ok() }, Answers { _, _ in Answers.ok() })
    }
    let sides = try await task.value
    #expect(sides.baseline.count == 5)
    #expect(sides.finished < 4)
  }

  @Test func manyCellsNeedMoreTurns() {
    #expect(ComparisonDesign.usualTurns([.drain]) == 11)
    #expect(ComparisonDesign.usualTurns(Array(repeating: .drain, count: 90)) == 17)
    #expect(ComparisonDesign.usualTurns(Array(repeating: .paced, count: 30)) == 17)
  }
}
