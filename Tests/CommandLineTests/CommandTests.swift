import Base
import Foundation
import TestSupport
import Testing

@Suite struct CommandTests {
  @Test(arguments: [["--version"], ["--help"], ["run", "--help"], ["help", "run"]])
  func helpAndVersionAreNoErrors(arguments: [String]) async throws {
    let program = try await Program.run(Places.ringbench, arguments)
    #expect(program.status == 0)
    #expect(program.error == "")
    #expect(!program.output.isEmpty)
  }

  /// Whoever reads the help of run knows the suites, and what is measured without any option.
  @Test func theHelpOfRunNamesSuitesAndDefaults() async throws {
    let program = try await Program.run(Places.ringbench, ["run", "--help"], environment: ["COLUMNS": "400"])
    let text = program.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for words in [
      "quick (15 trials)", "path of a YAML file", "(default: quick; in a guest: ci)", "(1 to 32768; default: 256)",
      "Trials of each cell, from 1. (default: the suite's)", "'all' and 'standard' stand for several",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func aDryRunListsCellsAndWritesNothing() async throws {
    let folder = try TemporaryFolder()
    let arguments = ["run", "--dry-run", "--transport", "pipe", "--mode", "pbuf,legacy", "--pattern", "drain"]
    let program = try await Program.run(Places.ringbench, arguments + ["--trials", "3"], in: folder.path)
    #expect(program.status == 0)
    let lines = program.output.split(separator: "\n")
    let id = "pipe/pbuf/oneshot/drain/msg=64/bufsize=4096/bufs=256/batch=64/conns=1/cpu=0/mem=0"
    #expect(lines.first?.hasPrefix("\(id)  3 x ") == true)
    #expect(lines.last?.hasPrefix("4 cells, 12 trials, at most about ") == true)
    #expect(try folder.contents.isEmpty)
  }

  /// A terminal without escape sequences gets none; another one gets lines that fit.
  @Test(arguments: ["xterm", "dumb"]) func progressFitsTheTerminal(term: String) async throws {
    let (workload, folder) = (try FakeWorkload(.slow(seconds: 0.05)), try TemporaryFolder())
    let script = """
      import fcntl, os, pty, struct, subprocess, sys, termios
      ours, theirs = pty.openpty()
      fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
      child = subprocess.Popen(sys.argv[1:], stderr=theirs, stdout=subprocess.DEVNULL)
      os.close(theirs)
      text = b""
      try:
          while block := os.read(ours, 4096): text += block
      except OSError: pass
      sys.stdout.buffer.write(text)
      sys.exit(child.wait())
      """
    let program = try await Program.run(
      "/usr/bin/python3",
      ["-c", script, Places.ringbench, "run", "--transport", "udp", "--mode", "pbuf", "--trials", "3"],
      in: folder.path, environment: workload.environment.merging(["TERM": term]) { $1 })
    #expect(program.status == 0, "\(program.output)")
    guard term != "dumb" else { return #expect(program.output.isEmpty) }
    let drawn = program.output.components(separatedBy: "\r\u{1B}[2K").filter { !$0.isEmpty }
    #expect(drawn.count > 1 && drawn.allSatisfy { $0.count < 40 && $0.hasPrefix("[") && !$0.contains("\u{1B}") })
  }

  @Test func nothingOfTheProgressIsInAPipe() async throws {
    let (workload, folder) = (try FakeWorkload(.stolen), try TemporaryFolder())
    let program = try await Program.run(
      Places.ringbench, ["run", "--transport", "udp", "--mode", "pbuf", "--trials", "1"], in: folder.path,
      environment: workload.environment)
    #expect(program.status == 0)
    #expect(program.error == "")
    #expect(try folder.contents == ["Results"])
  }
}
