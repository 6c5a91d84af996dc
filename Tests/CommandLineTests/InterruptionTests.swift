import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

@Suite struct InterruptionTests {
  let workload: FakeWorkload
  let folder: TemporaryFolder

  init() throws {
    workload = try FakeWorkload(.slow(seconds: 0.15))
    folder = try TemporaryFolder()
  }

  /// Sends the signal when three trials are in the journal.
  private func runInterrupted(_ signal: String) async throws -> Program {
    let script = """
      "$0" "$@" & ringbench=$!
      until [ "$(cat out/trials.jsonl 2>/dev/null | wc -l)" -gt 3 ]; do sleep 0.05; done
      kill -\(signal) $ringbench
      wait $ringbench
      """
    let cells =
      ["--transport", "unix-seqpacket,pipe", "--mode", "plain,pbuf", "--operation", "oneshot"] + ["--connections", "1"]
    let run = ["run", "--output", "out", "--trials", "4", "--seed", "11", "--pattern", "drain"] + cells
    return try await Program.run(
      "/bin/sh", ["-c", script, Places.ringbench] + run, in: folder.path, environment: workload.environment)
  }

  private func document() throws -> ResultsDocument {
    try ResultsJSON.decode(ResultsDocument.self, from: folder.read("out/results.json"))
  }

  @Test(arguments: ["INT", "TERM"]) func aResumedRunIsComplete(signal: String) async throws {
    let interrupted = try await runInterrupted(signal)
    #expect(interrupted.status == 130, "\(interrupted.error)")
    #expect(interrupted.error.contains("ringbench run --resume out"))
    #expect(try document().finished == nil)
    let contents = try JournalContents(folder: folder.file("out"))
    let before = try document().cells.reduce(0) { $0 + $1.trials.count }
    #expect((3..<16).contains(before))
    #expect(contents.entries.count == before)

    let resumed = try await Program.run(
      Places.ringbench, ["run", "--resume", "out"], in: folder.path, environment: workload.environment)
    #expect(resumed.status == 0, "\(resumed.error)")
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder.file("out"))) == [
        "report.html", "results.json", "results.csv",
      ])
    try checkOrder(contents.header.plan)
    let json = String(decoding: try folder.read("out/results.json"), as: UTF8.self)
    let check = try await Program.python([Places.validator, Places.schemas, "results-1"], input: json)
    #expect(check.status == 0, "\(check.output)\(check.error)")
  }

  /// No trial is lost or recorded twice, and the trials were started in the plan's order.
  private func checkOrder(_ plan: RunPlan) throws {
    let document = try document()
    #expect(document.finished != nil)
    var started: [Int: [String]] = [:]
    for cell in document.cells {
      #expect(cell.trials.map(\.index) == [0, 1, 2, 3])
      for trial in cell.trials { started[trial.order, default: []].append(cell.cell.id) }
    }
    #expect((0..<16).map { started[$0] ?? [] } == plan.blocks.joined().map { [plan.cells[$0].cell.id] })
  }

  /// Trials of two builds are not trials of one cell.
  @Test func anotherBuildIsRefused() async throws {
    _ = try await runInterrupted("INT")
    let journal = String(decoding: try folder.read("out/trials.jsonl"), as: UTF8.self)
    let commit = "0123456789abcdef0123456789abcdef01234567"
    try folder.write(
      journal.replacing("\"commit\":null", with: "\"commit\":\"\(commit)\"", maxReplacements: 1), to: "out/trials.jsonl"
    )
    let resumed = try await Program.run(
      Places.ringbench, ["run", "--resume", "out"], in: folder.path, environment: workload.environment)
    #expect(resumed.status == 2)
    #expect(resumed.errorLines.count == 1)
    #expect(resumed.error.contains("begun on build 'ringbench 0.1.0 (commit 0123456789ab, debug)'"), "\(resumed.error)")
    #expect(resumed.error.contains("start a new run"))
  }

  @Test func whatIsCompleteIsNotResumed() async throws {
    try FileManager.default.createDirectory(atPath: folder.file("out"), withIntermediateDirectories: true)
    let resumed = try await Program.run(Places.ringbench, ["run", "--resume", "out"], in: folder.path)
    #expect(resumed.status == 2)
    #expect(resumed.error == "ringbench: --resume: out: no interrupted run is there: it holds no trials.jsonl\n")
  }
}
