import Base
import Documents
import Planning
import Vocabulary

/// Runs two plans of the same cells in turns.
///
/// For each cell there is a session of one side and at once a session of the other. Chance decides each time which
/// comes first: if the sides are alike, whatever the machine does in the meantime favours neither.
struct TurnLoop<Executor: TrialExecutor, Log: TrialLog & ~Copyable>: ~Copyable {
  /// One of the two sides.
  struct Side: ~Copyable {
    let executor: Executor
    var log: Log
  }

  private let cells: [PlannedCell]
  private let turns: Int
  private let trials: Int
  private var random: SplitMix64
  private(set) var baseline: Side
  private(set) var new: Side
  private let progress: Progress

  private var disturbance = Disturbance()
  /// Cells that gave no numbers on either side: no pair of sessions is possible any more.
  private var ended: Set<Int> = []
  private var started = 0
  /// Turns in which every cell had a session of either side.
  private(set) var finishedTurns = 0

  /// - Parameters:
  ///   - plan: of either side.
  ///   - trials: trials of a cell in a session.
  init(_ plan: RunPlan, turns: Int, trials: Int, baseline: consuming Side, new: consuming Side, quiet: Bool) {
    cells = plan.cells
    self.turns = turns
    self.trials = trials
    random = SplitMix64(seed: plan.seed)
    self.baseline = baseline
    self.new = new
    progress = Progress(quiet: quiet, alreadyDone: 0)
  }

  var isComplete: Bool { finishedTurns == turns }

  /// Runs all turns. When the task is cancelled, the running trial is killed and discarded.
  mutating func run() async throws {
    defer { progress.clear() }
    for turn in 0..<turns {
      for cell in cells.indices.shuffled(using: &random) where !ended.contains(cell) {
        let sides: [Turns.Side] = Bool.random(using: &random) ? [.baseline, .new] : [.new, .baseline]
        for side in sides {
          guard try await session(cell, turn: turn, side) else { return }
        }
      }
      finishedTurns += 1
    }
  }

  /// Runs the trials of one session, and those that were disturbed once more.
  ///
  /// - Returns: false when the task was cancelled.
  private mutating func session(_ cell: Int, turn: Int, _ side: Turns.Side) async throws -> Bool {
    for number in 0..<trials {
      for _ in 0...1 {
        guard !Task.isCancelled else { return false }
        show(cell, turn)
        let undisturbed = disturbance.undisturbedSyscallNs
        let index = turn * trials + number
        let outcome: Outcome
        do {
          outcome =
            switch side {
            case .baseline:
              try await baseline.executor.run(cells[cell], trial: index, undisturbedSyscallNs: undisturbed)
            case .new: try await new.executor.run(cells[cell], trial: index, undisturbedSyscallNs: undisturbed)
            }
        } catch {
          return false
        }
        let wasDisturbed = try record(outcome, cell, index: index, side)
        guard outcome.status == .ok else {
          ended.insert(cell)
          return true
        }
        if !wasDisturbed { break }
      }
    }
    return true
  }

  /// - Returns: whether the machine disturbed the trial.
  private mutating func record(
    _ outcome: Outcome, _ cell: Int, index: Int, _ side: Turns.Side
  ) throws(RingbenchError) -> Bool {
    outcome.measurements.map { disturbance.learn(from: $0) }
    let disturbed = outcome.measurements.flatMap(disturbance.words)
    let entry = JournalEntry(
      cell: cell, trial: Trial(index: index, order: started, disturbed: disturbed, outcome: outcome))
    started += 1
    switch side {
    case .baseline: try baseline.log.append(entry)
    case .new: try new.log.append(entry)
    }
    return disturbed != nil
  }

  private func show(_ cell: Int, _ turn: Int) {
    let all = 2 * trials * (cells.count - ended.count) * turns
    progress.show(cells[cell], trial: turn * trials, done: started, remaining: max(1, all - started))
  }
}
