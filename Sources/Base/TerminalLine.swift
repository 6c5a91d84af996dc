import Glibc

/// One line on standard error that is redrawn in place. It is drawn only on a terminal.
package struct TerminalLine: Sendable {
  package let isShown: Bool

  package init(quiet: Bool) { isShown = !quiet && isatty(STDERR_FILENO) == 1 }

  /// Draws the line anew, cut so that it doesn't wrap.
  package func show(_ text: String) {
    if isShown { StandardError.write("\r\u{1B}[2K" + text.prefix(max(Self.columns - 1, 0))) }
  }

  /// Leaves the terminal as if nothing had been drawn.
  package func clear() {
    if isShown { StandardError.write("\r\u{1B}[2K") }
  }

  package static var columns: Int {
    var size = winsize()
    let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }
}
