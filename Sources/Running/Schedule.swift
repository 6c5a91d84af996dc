import Documents
import Vocabulary

/// Which trial comes next: the blocks of the plan, without further trials of cells that ended early, plus repeats.
///
/// It depends only on the plan and the outcomes so far, so that an interrupted run goes on exactly as it would have.
struct Schedule: Sendable {
  /// How often a disturbed trial is repeated at most.
  static let maximumRepeats = 2
  /// How many repeats a run may have: one for every `repeatShare` trials, but at least `fewRepeats`.
  private static let (repeatShare, fewRepeats) = (8, 8)

  private let blocks: [[Int]]
  private var block = 0
  private var position = 0
  /// How many trials were started.
  private(set) var started = 0
  /// Disturbed trials of the current block, each to be repeated after the block's other trials.
  private var pendingRepeats: [Int] = []
  private var repeats: [Int]
  /// How many repeats the run still has.
  private var repeatsLeft: Int
  private var waiting: [Int]
  /// How many trials are still to come, as far as is known.
  private(set) var remaining: Int

  init(_ plan: RunPlan) {
    blocks = plan.blocks
    waiting = Array(repeating: 0, count: plan.cells.count)
    repeats = waiting
    remaining = plan.trialCount
    repeatsLeft = max(Self.fewRepeats, plan.trialCount / Self.repeatShare)
    for cell in plan.blocks.joined() { waiting[cell] += 1 }
  }

  /// The next trial, which counts as started; nil when the run is complete.
  mutating func next() -> ScheduledTrial? {
    while block < blocks.count {
      if let cell = nextCell() {
        waiting[cell] -= 1
        remaining -= 1
        started += 1
        return ScheduledTrial(cell: cell, index: block, order: started - 1)
      }
      block += 1
      position = 0
      repeats = Array(repeating: 0, count: repeats.count)
    }
    return nil
  }

  /// Whether every trial of the current block is over, and at least one block was run.
  var isBlockDone: Bool {
    guard block < blocks.count, position > 0, pendingRepeats.isEmpty else { return false }
    return blocks[block][position...].allSatisfy { waiting[$0] == 0 }
  }

  /// Leaves out all trials that are still to come.
  mutating func stop() {
    block = blocks.count
    remaining = 0
  }

  /// Takes the outcome of the trial that `next` gave last.
  mutating func finish(_ trial: ScheduledTrial, status: CellStatus, disturbed: Bool) {
    if status != .ok {
      // An unsupported or failed cell is not run again.
      remaining -= waiting[trial.cell]
      waiting[trial.cell] = 0
    } else if disturbed, repeats[trial.cell] < Self.maximumRepeats, repeatsLeft > 0 {
      repeatsLeft -= 1
      repeats[trial.cell] += 1
      pendingRepeats.append(trial.cell)
      waiting[trial.cell] += 1
      remaining += 1
    }
  }

  private mutating func nextCell() -> Int? {
    while position < blocks[block].count {
      position += 1
      let cell = blocks[block][position - 1]
      if waiting[cell] > 0 { return cell }
    }
    return pendingRepeats.isEmpty ? nil : pendingRepeats.removeFirst()
  }
}

/// A trial that is due.
struct ScheduledTrial: Hashable, Sendable {
  /// The index of the cell in the plan.
  var cell: Int
  /// The trial of the cell.
  var index: Int
  /// Counts all trials of the run.
  var order: Int
}
