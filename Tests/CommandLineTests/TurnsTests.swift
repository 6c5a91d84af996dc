import Base
import Documents
import Foundation
import TestSupport
import Testing
import Vocabulary

/// `ringbench run --against`, with the executables of this build on both sides.
@Suite struct TurnsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) async throws -> Program {
    try await Program.run(Places.ringbench, ["run"] + arguments, in: folder.path)
  }

  private var libexec: String { Paths.parent(of: Places.ringbench) }

  @Test func bothSidesAreMeasuredAndCompared() async throws {
    let program = try await run(
      "--against", libexec, "--transport", "pipe", "--mode", "pbuf", "--operation", "oneshot", "--pattern", "drain",
      "--message-size", "64", "--rounds", "3", "--turns", "6", "--trials", "2", "--seed", "3", "--threshold", "1000",
      "--output", "out", "--quiet")
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("promise: both sides were measured in random turns"))
    #expect(program.output.contains("1 same (within 1000 %)"))
    for side in ["baseline", "new"] {
      let json = try Data(contentsOf: URL(filePath: folder.file("out/\(side)/results.json")))
      let document = try ResultsJSON.decode(ResultsDocument.self, from: json)
      #expect(document.turns?.side.rawValue == side)
      #expect(document.turns?.trialsPerTurn == 2)
      #expect(Set(document.cells[0].trials.map(\.index)) == Set(0..<12))
      #expect(!FileManager.default.fileExists(atPath: folder.file("out/\(side)/trials.jsonl")))
    }
    let comparison = try ResultsJSON.decode(
      RunComparison.self, from: Data(contentsOf: URL(filePath: folder.file("out/comparison.json"))))
    #expect(comparison.design == .turns)
    #expect(comparison.cells[0].metrics["ns_per_operation"]?.pairs == 6)
    // The two folders know that they belong together.
    let again = try await Program.run(
      Places.ringbench, ["compare", "out/baseline", "out/new", "--threshold", "1000"], in: folder.path)
    #expect(again.output.contains("promise: both sides were measured in random turns"))
  }

  @Test(arguments: [
    (["--against", "none"], "--against none: a folder with workload executables is needed"),
    (["--turns", "3"], "need --against"), (["--against-environment", "A"], "NAME=VALUE is needed"),
    (["--against", ".", "--turns", "0"], "a whole number from 1"),
    (["--against", ".", "--precision", "1"], "are not possible with it"),
    (["--against", ".", "--dry-run"], "are not possible with it"),
  ])
  func badInputIsOneLine(arguments: [String], message: String) async throws {
    let program = try await Program.run(Places.ringbench, ["run"] + arguments, in: folder.path)
    #expect(program.status == 2)
    #expect(program.errorLines.count == 1 && program.error.contains(message), "\(program.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  /// Two runs a side whose order alternates count once each; all of one side first are a sequence.
  @Test func severalRunsASide() async throws {
    for (index, name) in ["a", "b", "c", "d"].enumerated() {
      var document = Sample.document([Sample.result(Sample.cell(), Sample.around(600))])
      document.started = "2026-11-22T08:0\(index):00Z"
      document.finished = "2026-11-22T08:0\(index):30Z"
      try folder.write(String(decoding: try ResultsJSON.document(document), as: UTF8.self), to: "\(name).json")
    }
    let turns = try await Program.run(Places.ringbench, ["compare", "a.json,c.json", "b.json,d.json"], in: folder.path)
    #expect(turns.output.contains("promise: several runs a side took turns"))
    let rows = try await Program.run(Places.ringbench, ["compare", "a.json,b.json", "c.json,d.json"], in: folder.path)
    #expect(rows.output.contains("promise: one side was measured after the other"))
  }

  @Test func instructionsAreNotHeldAgainstTime() async throws {
    let host = Sample.document([Sample.result(Sample.cell(), [600])])
    let guest = Sample.deterministic([Sample.result(Sample.cell(), [600], instructions: 600)])
    for (name, document) in [("host", host), ("guest", guest)] {
      try folder.write(String(decoding: try ResultsJSON.document(document), as: UTF8.self), to: "\(name).json")
    }
    let program = try await Program.run(Places.ringbench, ["compare", "host.json", "guest.json"], in: folder.path)
    #expect(program.status == 2)
    #expect(program.error.contains("guest.json counts an emulator's instructions"))
  }
}
