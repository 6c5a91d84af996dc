import Base
import Documents

/// How far a run is: on a terminal one line that is redrawn before each trial, elsewhere a line every half minute.
///
/// Nothing is shown while a trial runs: the driver sleeps then, and takes no time from the measurement.
struct Progress: Sendable {
  private let output: ProgressOutput
  private let began = ContinuousClock.now
  /// Trials that were done before this process began.
  private let alreadyDone: Int

  init(quiet: Bool, alreadyDone: Int) {
    output = ProgressOutput(quiet: quiet)
    self.alreadyDone = alreadyDone
  }

  func show(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int) {
    let elapsed = began.duration(to: .now)
    let line = ProgressLine(
      cell: planned.cell, trial: trial + 1, trials: planned.trials, done: done, total: done + remaining,
      elapsedSeconds: Double(elapsed.components.seconds), doneHere: done - alreadyDone)
    output.show(line.text) { line.plain }
  }

  /// Leaves the terminal as if nothing had been drawn.
  func clear() { output.clear() }
}
