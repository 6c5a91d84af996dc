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

  /// A real run with a label, and the one in the folder: two columns.
  @Test func severalRunsAreASeries() async throws {
    let cells = ["--transport", "tcp", "--mode", "plain", "--operation", "oneshot", "--pattern", "drain"]
    let measured = try await Program.run(
      Places.ringbench,
      ["run"] + cells + ["--message-size", "64", "--connections", "1", "--trials", "1", "--rounds", "8"]
        + ["--label", "v1 of mine", "--output", folder.file("new")])
    #expect(measured.status == 0, "\(measured.error)")
    let program = try await report(["run", "new"])
    #expect(program.status == 0, "\(program.error)")
    let head = try #require(program.output.split(separator: "\n").first)
    #expect(head.contains("6.12.0") && head.contains("v1 of mine") && head.contains("change %"))
    let page = try await report(["run", "new", "--format", "html"])
    #expect(page.status == 0 && page.output.contains("<title>ringbench: quick over 2 runs</title>"))
    let one = try await report(["run", "--format", "html", "--cell", "/pbuf/"])
    #expect(one.status == 0 && one.output.contains(">pbuf<") && !one.output.contains(">plain<"))
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
    (["run", "--cell", "udp"], "--cell: no cell's identifier contains 'udp'"),
    (["run", "run", "--format", "bmf"], "--format bmf: holds one run, not 2"),
    (["run", "--format", "hgrm"], "hgrm: no cell has latencies"),
    (["run", "--output", "/none/x"], "--output: /none/x: can't be written"),
  ])
  func badInputIsOneLine(arguments: [String], words: String) async throws {
    let program = try await report(arguments)
    #expect(program.status == 2 && program.errorLines.count == 1)
    #expect(program.error.contains(words), "\(program.error)")
  }
}
