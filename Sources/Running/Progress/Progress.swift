import Base
import Documents

/// One line on standard error that is redrawn before each trial, and only on a terminal.
///
/// Nothing is drawn while a trial runs: the driver sleeps then, and takes no time from the measurement.
struct Progress: Sendable {
  private let line: TerminalLine
  private let began = ContinuousClock.now
  /// Trials that were done before this process began.
  private let alreadyDone: Int

  init(quiet: Bool, alreadyDone: Int) {
    line = TerminalLine(quiet: quiet)
    self.alreadyDone = alreadyDone
  }

  func show(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int) {
    guard line.isShown else { return }
    let elapsed = began.duration(to: .now)
    let text = ProgressLine(
      cell: planned.cell, trial: trial + 1, trials: planned.trials, done: done, total: done + remaining,
      elapsedSeconds: Double(elapsed.components.seconds), doneHere: done - alreadyDone)
    line.show(text.text(columns: TerminalLine.columns))
  }

  /// Leaves the terminal as if nothing had been drawn.
  func clear() { line.clear() }
}
