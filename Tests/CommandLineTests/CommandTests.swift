import Base
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
