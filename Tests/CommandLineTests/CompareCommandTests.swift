import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// `ringbench compare` as users call it.
@Suite struct CompareCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a run of two modes.
  private func write(
    _ name: String, pbuf: Double, legacy: Double = 900, trials: Int = 11, floor: NoiseFloor? = nil,
    edit: (String) -> String = { $0 }
  ) throws {
    try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
    let cells = [(Mode.pbuf, pbuf), (.legacy, legacy)].map { mode, ns in
      Sample.result(Sample.cell(.tcp, mode), Array(Sample.around(ns).prefix(trials)))
    }
    var document = Sample.document(cells)
    document.floor = floor
    try folder.write(
      edit(String(decoding: try ResultsJSON.document(document), as: UTF8.self)), to: "\(name)/results.json")
  }

  private func compare(_ arguments: String...) async throws -> Program {
    try await Program.run(Places.ringbench, ["compare"] + arguments, in: folder.path)
  }

  @Test func theStatusIsTheContracts() async throws {
    try write("old", pbuf: 600)
    try write("same", pbuf: 601)
    try write("worse", pbuf: 660)
    try write("better", pbuf: 540)
    try write("few", pbuf: 700, trials: 1)
    for (name, status) in [("same", 0), ("worse", 1), ("better", 0), ("few", 4)] {
      let program = try await compare("old", "\(name)/results.json")
      #expect(program.status == Int32(status), "\(name)")
      #expect(program.error == "")
      #expect(program.output.contains("warning") == (name == "few"))
    }
    #expect(try await compare("old", "worse", "--threshold", "20").status == 0)
  }

  @Test(arguments: ["text", "json", "markdown", "junit"]) func outputGoesToAFile(format: String) async throws {
    try write("old", pbuf: 600)
    try write("new", pbuf: 660)
    let shown = try await compare("old", "new", "--format", format)
    let written = try await compare("old", "new", "--format", format, "--output", "comparison")
    #expect((shown.status, written.status) == (1, 1))
    #expect(written.output == "")
    #expect(shown.output == String(decoding: try folder.read("comparison"), as: UTF8.self))
  }

  @Test func numbersBeyondAllMeasureAreRefused() async throws {
    try write("old", pbuf: 600) {
      $0.split(separator: "ns_per_operation\" : 6").joined(separator: "ns_per_operation\" : 1e-30")
    }
    try write("new", pbuf: 600) {
      $0.split(separator: "ns_per_operation\" : 6").joined(separator: "ns_per_operation\" : 1e307")
    }
    for format in ["text", "json", "markdown", "junit"] {
      let program = try await compare("old", "new", "--format", format)
      #expect((program.status == 1 && program.error == "") || (program.status == 2 && program.errorLines.count == 1))
    }
  }

  @Test func modesOfOneRun() async throws {
    try write("run", pbuf: 600, legacy: 900)
    let program = try await compare("run", "--by", "mode", "--baseline", "pbuf")
    #expect(program.status == 1)
    #expect(program.output.contains("tcp legacy multishot drain vs pbuf"))
    #expect(try await compare("run", "--by", "mode", "--baseline", "legacy").status == 0)
  }

  @Test func theFloorBesideTheRunsIsUsed() async throws {
    let size = NoiseFloor.Size(trials: 11, pairs: 9, shiftPercent: 30, halfWidthPercent: 1, driftPercent: 30)
    let row = NoiseFloor.Row(pattern: .drain, isDirect: false, metric: "ns_per_operation", cells: 3, sizes: [size])
    try write("old", pbuf: 600)
    try write("new", pbuf: 660)
    try write("20261122T080000Z-floor", pbuf: 600, floor: NoiseFloor(rows: [row]))
    let program = try await compare("old", "new")
    #expect(program.status == 0)
    #expect(program.output.contains("floor: ./20261122T080000Z-floor/results.json"))
    let named = try await compare("old", "new", "--floor", "20261122T080000Z-floor")
    #expect(named.output.contains("floor: 20261122T080000Z-floor/results.json"))
    let wrong = try await compare("old", "new", "--floor", "old")
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("--floor: old/results.json is not a run of the floor suite"))
  }

  @Test(arguments: [
    (["old"], "give --by"), (["old", "none"], "none: no such file or folder"),
    (["old", "empty"], "holds no results.json"),
    (["old", "nan"], "nan/results.json:"), (["old", "old", "--format", "xml"], "unknown format 'xml'"),
    (["old", "old", "--threshold=-1"], "percentage from 0"),
    (["old", "old", "--threshold", "nan"], "percentage from 0"),
    (["old", "--by", "colour"], "unknown axis 'colour'"),
    (["old", "--by", "mode"], "needs --baseline with one of legacy, pbuf"),
    (["old", "--by", "mode", "--baseline", "pbfu"], "unknown mode 'pbfu'"),
    (["old", "--by", "mode", "--baseline", "plain"], "has no cell of mode plain"),
    (["old", "old", "--by", "mode", "--baseline", "pbuf"], "name one run"),
    (["old", "old", "--baseline", "pbuf"], "needs --by"),
    (["old", "old", "--output", "none/x"], "can't be written"), (["a", "b", "c"], "there are 3"),
    ([], "Missing expected argument"),
  ])
  func badInputIsOneLine(arguments: [String], message: String) async throws {
    try write("old", pbuf: 600)
    try write("nan", pbuf: 600) { $0.split(separator: "900", maxSplits: 1).joined(separator: "NaN") }
    try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: true)
    let program = try await Program.run(Places.ringbench, ["compare"] + arguments, in: folder.path)
    #expect(program.status == 2)
    #expect(program.output == "")
    #expect(program.errorLines.count == 1 && program.error.hasPrefix("ringbench: "), "\(program.error)")
    #expect(program.error.contains(message), "\(program.error)")
  }
}
