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
  /// Counts string moves apart; nil where there is no plugin.
  let profiler: ProfilerPlugin?

  /// What one machine said.
  private struct Finished: Sendable {
    var cell: Int
    var memory: SavedMachine.MemoryCopy
    var measured: CellMeasurement
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
          if recorder == nil { recorder = try open(finished.measured.header) }
          for trial in finished.measured.trials {
            try recorder?.append(JournalEntry(cell: finished.cell, trial: trial))
          }
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
    let use = profiler.map { ProfilerUse(plugin: $0, level: .strings, functions: nil) }
    return Finished(
      cell: cell, memory: memory, measured: try await machine.measure(cell, of: plan, memory, profiler: use))
  }
}
