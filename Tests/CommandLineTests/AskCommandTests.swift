import Base
import Documents
import Foundation
import TestSupport
import Testing

/// `ringbench ask` as users type it.
@Suite struct AskCommandTests {
  @Test func listsTheQuestions() async throws {
    let program = try await Program.run(Places.ringbench, ["ask"])
    #expect(program.status == 0 && program.error.isEmpty)
    let lines = program.output.split(separator: "\n")
    #expect(lines.count { $0.hasSuffix("?") } == 15)
    #expect(lines.contains { $0.hasPrefix("hand-back") && $0.hasSuffix("how many buffers should go back at once?") })
    #expect(lines.last == "'ringbench ask NAME' measures one and answers it.")
  }

  @Test func measuresAndAnswers() async throws {
    let folder = try TemporaryFolder()
    let program = try await Program.run(
      Places.ringbench,
      ["ask", "hand-back", "--trials", "2", "--rounds", "4", "--transport", "unix-seqpacket", "--output", "kept"],
      in: folder.path)
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("Legacy provided buffers or a ring, and how many buffers should go back at once?"))
    #expect(program.output.contains("Can't be told whether a ring costs less than legacy buffers: about "))
    let document = try ResultsDocument.read(folder.file("kept"))
    #expect(document.suite == "hand-back" && document.command.dropFirst().starts(with: ["ask", "hand-back"]))
    let page = try String(contentsOfFile: folder.file("kept/report.html"), encoding: .utf8)
    let answer = try #require(page.range(of: "<section id=\"answer\">"))
    let verdict = try #require(page.range(of: "<section id=\"verdict\""))
    #expect(answer.lowerBound < verdict.lowerBound)
    let again = try await Program.run(Places.ringbench, ["report", "kept"], in: folder.path)
    #expect(again.output == program.output)
    let details = try await Program.run(Places.ringbench, ["report", "kept", "--details"], in: folder.path)
    #expect(details.output.contains("vs cheapest") && details.output.contains("Can't be told whether a ring"))
  }

  /// A cell that failed ends in status 3, with the answer all the same.
  @Test func aFailureDoesNotKeepTheAnswer() async throws {
    let (workload, folder) = (try FakeWorkload(.failed), try TemporaryFolder())
    let program = try await Program.run(
      Places.ringbench, ["ask", "correct", "--trials", "1", "--transport", "tcp", "--mode", "pbuf", "--buffers", "64"],
      in: folder.path, environment: workload.environment)
    #expect(program.status == 3)
    #expect(program.output.contains("\nAre bundles, incremental buffers and multishot receives correct together"))
  }

  @Test(arguments: SuiteNames.all) func aDryRunShowsThePlan(name: String) async throws {
    let program = try await Program.run(Places.ringbench, ["ask", name, "--dry-run"])
    #expect(program.status == 0, "\(program.error)")
    let other = try await Program.run(Places.ringbench, ["run", "--suite", name, "--dry-run"])
    #expect(other.output == program.output && program.output.contains(" cells, "))
  }

  /// What an answer prints about a failed cell measures that cell alone.
  @Test func theReproducerIsACommandForOneCell() async throws {
    let words = [
      "run", "--suite", "correct", "--transport", "tcp", "--mode", "pbuf-inc", "--operation", "bundle", "--pattern",
      "drain",
      "--message-size", "1000", "--buffer-size", "4096", "--buffers", "4", "--batch", "16", "--connections", "1",
      "--verify", "1",
    ]
    let program = try await Program.run(Places.ringbench, words + ["--dry-run"])
    #expect(program.output.hasPrefix("tcp/pbuf-inc/bundle/drain/") && program.output.contains("\n1 cells, "))
  }

  @Test(arguments: [
    (["ask", "hand-bakc"], "ask: unknown question 'hand-bakc': did you mean 'hand-back'? "),
    (["ask", "zzz"], "ask: unknown question 'zzz': 'ringbench ask' lists them: hand-back, "),
    (["ask", "--trials", "3"], "ask: a question is needed: one of hand-back, "),
    (["ask", "fair", "--suite", "quick"], "--suite: a question has a suite of its own: "),
    (["ask", "fair", "--resume", "x"], "--resume: leave out 'fair': "),
  ])
  func badUsageIsOneLine(words: [String], message: String) async throws {
    let folder = try TemporaryFolder()
    let program = try await Program.run(Places.ringbench, words, in: folder.path)
    #expect(program.status == 2)
    #expect(program.errorLines.count == 1 && program.error.hasPrefix("ringbench: \(message)"), "\(program.error)")
    #expect(try folder.contents.isEmpty)
  }
}

/// The questions, as the program lists them.
enum SuiteNames {
  static let all = [
    "hand-back", "ring-size", "refill", "buffer-size", "incremental", "bundle", "correct", "groups", "fair", "memory",
    "cache", "nodes", "huge-pages", "epoll", "registered",
  ]
}
