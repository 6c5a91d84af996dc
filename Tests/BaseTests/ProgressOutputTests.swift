import Base
import Synchronization
import Testing

@Suite struct ProgressOutputTests {
  /// What was written, and a terminal and a clock that the test moves.
  private final class Screen: Sendable {
    let text = Mutex("")
    let columns: Mutex<Int>
    let time = Mutex(ContinuousClock.now)

    init(columns: Int = 80) { self.columns = Mutex(columns) }

    func output(_ kind: ProgressOutput.Kind) -> ProgressOutput {
      ProgressOutput(
        kind, pace: Pace { self.time.withLock { $0 } }, columns: { self.columns.withLock { $0 } },
        write: { text in self.text.withLock { $0 += text } })
    }

    func wait(_ seconds: Int) { time.withLock { $0 += .seconds(seconds) } }
    /// What was written since the last call.
    func written() -> String {
      text.withLock { text in
        defer { text = "" }
        return text
      }
    }
  }

  @Test func aTerminalIsRedrawnInPlace() {
    let screen = Screen(columns: 10)
    let output = screen.output(.terminal)
    output.show({ "\($0) columns wide" }, plain: { "plain" })
    #expect(screen.written() == "\r\u{1B}[2K10 column")
    output.clear()
    #expect(screen.written() == "\r\u{1B}[2K")
  }

  /// The width is asked for at every draw, and what the terminal wrapped is erased as well.
  @Test func aNarrowerTerminalKeepsNothingOld() {
    let screen = Screen(columns: 31)
    let output = screen.output(.terminal)
    let text = String(repeating: "x", count: 100)
    output.show({ _ in text }, plain: { "" })
    #expect(screen.written() == "\r\u{1B}[2K" + text.prefix(30))
    screen.columns.withLock { $0 = 10 }
    // 30 columns on rows of 10: two rows above the cursor's.
    output.show({ _ in text }, plain: { "" })
    #expect(screen.written() == "\r\u{1B}[2A\u{1B}[J" + text.prefix(9))
    output.show({ _ in text }, plain: { "" })
    #expect(screen.written() == "\r\u{1B}[2K" + text.prefix(9))
  }

  @Test func aLogGetsALineEveryHalfMinute() {
    let screen = Screen()
    let output = screen.output(.log)
    var lines: [String] = []
    for second in 0..<100 {
      output.show({ _ in "line" }, plain: { "second \(second)" })
      lines.append(screen.written())
      screen.wait(1)
    }
    output.clear()
    #expect(lines.filter { !$0.isEmpty } == [30, 60, 90].map { "ringbench: second \($0)\n" })
    #expect(screen.written().isEmpty)
  }

  @Test func quietIsQuiet() {
    let screen = Screen()
    let output = screen.output(.none)
    screen.wait(100)
    output.show({ _ in "line" }, plain: { "plain" })
    output.clear()
    #expect(screen.written().isEmpty)
  }

  @Test(arguments: [
    (true, true, Optional("xterm"), ProgressOutput.Kind.none), (false, true, "xterm", .terminal),
    (false, true, "dumb", .log),
    (false, true, nil, .log), (false, true, "", .log), (false, false, "xterm", .log),
  ])
  func whatIsShown(quiet: Bool, isTerminal: Bool, term: String?, kind: ProgressOutput.Kind) {
    #expect(ProgressOutput.kind(quiet: quiet, isTerminal: isTerminal, term: term) == kind)
  }
}
