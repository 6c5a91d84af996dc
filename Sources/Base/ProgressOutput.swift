import Glibc
import Synchronization

/// Progress on standard error: a line that is redrawn in place on a terminal, and elsewhere a plain line now and then, so
/// that a log shows life.
package final class ProgressOutput: Sendable {
  package enum Kind: Sendable {
    /// A terminal that knows escape sequences.
    case terminal
    /// A file, a pipe, or a terminal that knows none.
    case log
    /// Nothing is shown.
    case none
  }

  package let kind: Kind
  private let pace: Pace
  private let columns: @Sendable () -> Int
  private let write: @Sendable (String) -> Void
  /// The width of what is on the terminal.
  private let drawn = Mutex(0)

  package init(
    _ kind: Kind, pace: Pace = .process, columns: @escaping @Sendable () -> Int = ProgressOutput.terminalColumns,
    write: @escaping @Sendable (String) -> Void = StandardError.write
  ) {
    self.kind = kind
    self.pace = pace
    self.columns = columns
    self.write = write
  }

  package convenience init(quiet: Bool) {
    let term = getenv("TERM").map { String(cString: $0) }
    self.init(Self.kind(quiet: quiet, isTerminal: isatty(STDERR_FILENO) == 1, term: term))
  }

  /// - Parameter term: the value of `TERM`; nil where it is not set.
  package static func kind(quiet: Bool, isTerminal: Bool, term: String?) -> Kind {
    if quiet { return .none }
    return isTerminal && !["dumb", "", nil].contains(term) ? .terminal : .log
  }

  /// Shows how far the work is.
  ///
  /// - Parameters:
  ///   - line: the text for a terminal of so many columns. It is cut so that it doesn't wrap.
  ///   - plain: the text for a log, when it is time for one.
  package func show(_ line: (Int) -> String, plain: () -> String) {
    switch kind {
    case .none: return
    case .log: if pace.isTime() { write("ringbench: \(plain())\n") }
    case .terminal:
      let columns = columns()
      let text = line(columns).prefix(max(columns - 1, 0))
      drawn.withLock { width in
        write(Self.erasing(width, columns: columns) + text)
        width = text.count
      }
    }
  }

  /// Leaves the terminal as if nothing had been drawn.
  package func clear() {
    guard kind == .terminal else { return }
    let columns = columns()
    drawn.withLock { width in
      write(Self.erasing(width, columns: columns))
      width = 0
    }
  }

  /// Erases a line of this width. A terminal that became narrower shows it on several rows.
  private static func erasing(_ width: Int, columns: Int) -> String {
    let above = columns > 0 ? max(width - 1, 0) / columns : 0
    return "\r" + (above > 0 ? "\u{1B}[\(above)A\u{1B}[J" : "\u{1B}[2K")
  }

  /// The width that the terminal has now.
  @Sendable package static func terminalColumns() -> Int {
    var size = winsize()
    let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }
}

/// How often a log gets a line: every half minute, for the first time after half a minute.
package final class Pace: Sendable {
  /// That of this process: what is shown counts, whatever it is about.
  package static let process = Pace()
  private static let interval = Duration.seconds(30)

  private let now: @Sendable () -> ContinuousClock.Instant
  private let last: Mutex<ContinuousClock.Instant>

  package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    self.now = now
    last = Mutex(now())
  }

  /// Whether it is time for a line; the next one then waits as long.
  func isTime() -> Bool {
    let now = now()
    return last.withLock { last in
      guard last.duration(to: now) >= Self.interval else { return false }
      last = now
      return true
    }
  }
}
