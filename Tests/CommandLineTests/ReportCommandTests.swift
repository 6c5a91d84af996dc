import Base
import Documents
import FoundationEssentials
import Statistics
import TestSupport
import Testing
import Vocabulary

/// `ringbench report`, on a run that lies in a folder.
@Suite struct ReportCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let run = RunFolder(path: folder.file("run"))
    try run.create()
    let cells = [Mode.plain, .pbuf].map { mode in
      let trials = Sample.trials([600, 601, 602, 603, 604, 605])
      return CellResult(
        cell: Sample.cell(.tcp, mode, .oneshot), status: .ok, trials: trials, summary: TrialSummary.of(trials))
    }
    try Sample.document(cells).write(to: run)
  }

  private func report(_ arguments: [String]) async throws -> Program {
    try await Program.run(Places.ringbench, ["report"] + arguments, in: folder.path)
  }

  @Test func showsARunAgain() async throws {
    let program = try await report(["run"])
    #expect(program.status == 0)
    #expect(program.output.contains("the cheapest in ns"))
    let details = try await report(["run/results.json", "--details"])
    #expect(details.status == 0 && details.output.hasPrefix("transport "))
  }

  @Test(arguments: [
    "html", "csv", "markdown", "benchstat", "github-action-benchmark", "bmf", "junit", "openmetrics", "ktap", "lkp",
  ])
  func writesEachFormat(format: String) async throws {
    let program = try await report(["run", "--format", format, "--output", folder.file("report")])
    #expect(program.status == 0 && program.output.isEmpty, "\(program.error)")
    #expect(try folder.read("report").count > 150)
  }

  @Test(arguments: [
    (["none"], "none: no such file"), (["run", "--format", "pdf"], "one of text, html, csv, markdown, benchstat"),
    (["run", "--output", "/none/x"], "--output: /none/x: can't be written"),
  ])
  func badInputIsOneLine(arguments: [String], words: String) async throws {
    let program = try await report(arguments)
    #expect(program.status == 2 && program.errorLines.count == 1)
    #expect(program.error.contains(words), "\(program.error)")
  }
}
