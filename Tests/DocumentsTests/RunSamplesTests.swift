import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// Compares the samples that a comparison reads with their document.
@Suite struct RunSamplesTests {
  let folder: TemporaryFolder
  private static let columns = SampleColumns([.nsPerOperation, .latencyP99, .instructionsPerOperation])

  init() throws { folder = try TemporaryFolder() }

  private func read(_ json: String) throws -> RunSamples {
    try folder.write(json, to: "results.json")
    return try RunSamples.read(folder.path, columns: Self.columns)
  }

  private var json: String {
    get throws { String(decoding: try ResultsJSON.document(Sample.everyKind), as: UTF8.self) }
  }

  @Test func holdsWhatTheDocumentHolds() throws {
    let (document, samples) = (Sample.everyKind, try read(json))
    #expect(samples.path == folder.path + "/results.json")
    #expect(samples.host == document.host)
    #expect(samples.tool == document.tool)
    #expect((samples.suite, samples.started) == (document.suite, document.started))
    #expect(samples.command == document.command)
    #expect(samples.cells.map(\.cell) == document.cells.map(\.cell))
    #expect(samples.cells.map(\.status) == document.cells.map(\.status))
    #expect(samples.cells.map(\.reason) == document.cells.map(\.reason))
    #expect(samples.cells.map(\.trials) == document.cells.map(\.trials.count))
  }

  /// The second cell's first trial was disturbed. The other cells have no latency, and no instructions were counted.
  @Test func takesTheTrialsThatCount() throws {
    let cells = try read(json).cells
    #expect(cells[0].values == [[601, 598, 603], [], []])
    #expect(cells[1].values == [[610, 605], [500, 500], []])
    #expect(cells.map(\.disturbed) == [0, 1, 0, 0])
    #expect(cells[2].values == [[], [], []])
  }

  @Test func aFileCanBeNamed() throws {
    _ = try read(json)
    #expect(try RunSamples.read(folder.file("results.json"), columns: Self.columns).cells.count == 4)
  }

  @Test(arguments: [
    ("601", "NaN", "'NaN' is not JSON"), ("\"pbuf\"", "\"pbfu\"", "unknown mode 'pbfu'"),
    ("ringbench.results/1", "ringbench.results/9", "schema 'ringbench.results/9'"),
    ("\"batch\" : 64", "\"batch\" : 6.4", "6.4 is not a whole number"),
    ("\"status\" : \"ok\"", "\"s\" : 1", "lacks a field"),
    ("\"host\" :", "\"hots\" :", "lacks"),
    ("\"cpus\" : 2", "\"cpus\" : \"two\"", "'host' lacks a field or has a wrong value"),
  ])
  func whatIsWrongIsNamedWithItsLine(right: String, wrong: String, message: String) throws {
    let parts = try json.split(separator: right, omittingEmptySubsequences: false)
    try #require(parts.count > 1)
    let error = #expect(throws: RingbenchError.self) { try read(parts.joined(separator: wrong)) }
    let words = try #require(error?.message)
    #expect(words.contains(message), "\(words)")
    #expect(words.hasPrefix(folder.path + "/results.json:"))
  }

  @Test func aCutFileIsRefused() throws {
    let text = try json
    for length in stride(from: 0, to: text.utf8.count - 2, by: 97) {
      #expect(throws: RingbenchError.self) { try read(String(decoding: text.utf8.prefix(length), as: UTF8.self)) }
    }
  }

  @Test func whatIsNotThereIsNamed() throws {
    for path in [folder.file("none"), folder.path] {
      let error = #expect(throws: RingbenchError.self) { try RunSamples.read(path, columns: Self.columns) }
      #expect(error?.message.hasPrefix(path) == true)
    }
  }
}
