import Results

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// One line on standard error that is drawn anew before each trial, and only on a terminal.
///
/// Nothing is drawn while a trial runs: the driver sleeps then, and takes no time from what is measured.
struct Progress: Sendable {
  private let isShown: Bool
  private let began = ContinuousClock.now
  /// Trials that were done before this process began.
  private let alreadyDone: Int

  init(quiet: Bool, alreadyDone: Int) {
    isShown = !quiet && isatty(STDERR_FILENO) == 1
    self.alreadyDone = alreadyDone
  }

  func show(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int) {
    guard isShown else { return }
    let elapsed = began.duration(to: .now)
    let line = ProgressLine(
      cell: planned.cell, trial: trial + 1, trials: planned.trials, done: done, total: done + remaining,
      elapsedSeconds: Double(elapsed.components.seconds), doneHere: done - alreadyDone)
    StandardError.write("\r\u{1B}[2K" + line.text(columns: Self.columns))
  }

  /// Leaves the terminal as if nothing had been drawn.
  func clear() {
    if isShown { StandardError.write("\r\u{1B}[2K") }
  }

  private static var columns: Int {
    var size = winsize()
    let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }
}
