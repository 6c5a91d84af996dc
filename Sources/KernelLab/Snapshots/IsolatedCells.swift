import Base
import Documents
import Running
import Vocabulary

/// Measures each cell of a plan in a machine of its own that goes on from one saved state, several machines at once.
///
/// So the digits of a cell depend on the cell, its length and the seed alone: not on the other cells, on their order, or on
/// how many machines run at once.
struct IsolatedCells: Sendable {
  let machine: SavedMachine
  let plan: RunPlan
  /// Machines at once.
  let jobs: Int

  /// Guest seconds that a trial may take beyond its own duration.
  private static let trialTimeout = 60.0

  /// What one machine said.
  private struct Finished: Sendable {
    var cell: Int
    var memory: SavedMachine.MemoryCopy
    var header: JournalHeader?
    var trials: [Trial]
  }

  /// Measures the cells at these places in the plan.
  ///
  /// - Parameters:
  ///   - open: makes the recorder, with the header of the first machine.
  /// - Throws: `failed` for a guest that died, and `CancellationError`. What was finished by then is recorded.
  func measure(
    _ cells: [Int], open: (JournalHeader) throws -> RunRecorder,
    keep: (consuming RunRecorder, RunRecorder.End) throws -> Void
  ) async throws {
    var recorder: RunRecorder?
    do {
      try await withThrowingTaskGroup(of: Finished.self) { group in
        var rest = cells[...]
        for _ in 0..<min(jobs, cells.count) {
          guard let cell = rest.popFirst() else { break }
          group.addTask { try await measure(cell, try await SavedMachine.MemoryCopy(of: machine)) }
        }
        while let finished = try await group.next() {
          if let cell = rest.popFirst() { group.addTask { try await measure(cell, finished.memory) } }
          guard let header = finished.header else {
            throw RingbenchError.failed("a guest ended before it began its run: \(plan.cells[finished.cell].cell.id)")
          }
          if recorder == nil { recorder = try open(header) }
          for trial in finished.trials { try recorder?.append(JournalEntry(cell: finished.cell, trial: trial)) }
          recorder?.showProgress()
        }
      }
    } catch {
      if let recorder = recorder.take() { try keep(recorder, .cut) }
      throw error
    }
    if let recorder = recorder.take() { try keep(recorder, .complete) }
  }

  private func measure(_ cell: Int, _ memory: SavedMachine.MemoryCopy) async throws -> Finished {
    // Nothing of the run but what the cell needs: even reading a longer order would move the digits.
    let single = RunPlan(
      suite: "cell", seed: plan.seed, cells: [plan.cells[cell]],
      blocks: Array(repeating: [0], count: plan.cells[cell].trials), directory: nil, trialTimeout: Self.trialTimeout)
    var finished = Finished(cell: cell, memory: memory, trials: [])
    try await machine.resume(.run(single, settleSeconds: 0), memory) { message in
      switch message {
      case .header(let header): finished.header = header
      case .trial(let entry):
        var trial = entry.trial
        // The place in a run that measures one cell after the other.
        trial.order = plan.cells[..<cell].reduce(trial.index) { $0 + $1.trials }
        finished.trials.append(trial)
      case .output, .exited, .end, .resumed: throw RingbenchError.failed("the guest answered another request")
      }
    }
    return finished
  }
}
