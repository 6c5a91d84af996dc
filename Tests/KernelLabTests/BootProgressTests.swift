import Base
import FoundationEssentials
import Synchronization
import Testing

@testable import KernelLab

/// What is on the screen while a guest boots.
@Suite struct BootProgressTests {
  private final class Screen: Sendable {
    let text = Mutex("")
    let time = Mutex(ContinuousClock.now)

    func boot(_ kind: ProgressOutput.Kind = .terminal) -> BootProgress {
      let now = { @Sendable in self.time.withLock { $0 } }
      let write = { @Sendable (text: String) in
        self.text.withLock { $0 += text.replacing("\r\u{1B}[2K", with: "|") }
      }
      let output = ProgressOutput(kind, pace: Pace(now: now), columns: { 80 }, write: write)
      return BootProgress("debian-6.12", output, now: now)
    }

    func wait(_ seconds: Int) { time.withLock { $0 += .seconds(seconds) } }
    var written: String { text.withLock { $0 } }
  }

  @Test func aSecondIsDrawnOnce() {
    let screen = Screen()
    var boot = screen.boot()
    boot.show()
    boot.show()
    screen.wait(7)
    boot.show()
    boot.end()
    boot.end()
    boot.show()
    #expect(screen.written == "|booting debian-6.12 (0 s)|booting debian-6.12 (7 s)|")
  }

  @Test func aLogHearsOfALongBootOnly() {
    let screen = Screen()
    var boot = screen.boot(.log)
    for _ in 0..<31 {
      boot.show()
      screen.wait(1)
    }
    boot.end()
    #expect(screen.written == "ringbench: booting debian-6.12 (30 s)\n")
  }

  /// The line is gone before the guest's first message is passed on, and when there is none.
  @Test(arguments: [true, false]) func theFirstMessageEndsIt(speaks: Bool) throws {
    let (screen, folder) = (Screen(), try TemporaryFolder())
    do {
      var channel = try GuestChannel(path: folder.file("channel"), boot: screen.boot())
      #expect(try channel.messages().isEmpty)
      #expect(screen.written == "|booting debian-6.12 (0 s)")
      if speaks {
        try Files.write(try GuestMessage.end(GuestEnd(status: 0)).frame(), to: folder.file("channel"))
        #expect(try channel.messages().count == 1)
        #expect(screen.written == "|booting debian-6.12 (0 s)|")
      }
    }
    #expect(screen.written == "|booting debian-6.12 (0 s)|")
  }
}
