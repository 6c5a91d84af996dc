import Base
import Documents
import Foundation
import TestSupport
import Testing
import Vocabulary

/// The commands in the README are what users type first.
@Suite struct ReadmeTests {
  private static let readme: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
  }()

  /// The lines of the README that start with `ringbench run`.
  static let runs = readme.split(separator: "\n").filter { $0.hasPrefix("ringbench run ") }.map(String.init)

  /// The lines that start with `ringbench compare `.
  static let comparisons = readme.split(separator: "\n").filter { $0.hasPrefix("ringbench compare ") }.map(String.init)

  @Test func theReadmeShowsRunsAndComparisons() {
    #expect(Self.runs.count >= 4)
    #expect(Self.comparisons.count >= 4)
  }

  /// Nothing got worse in the two runs, but `legacy` is dearer than `pbuf`.
  @Test(arguments: comparisons)
  func compares(command: String) async throws {
    let folder = try TemporaryFolder()
    for name in ["before", "after"] {
      try FileManager.default.createDirectory(
        atPath: folder.file("Results/\(name)"), withIntermediateDirectories: true)
      let document = Sample.document([
        Sample.result(Sample.cell(.tcp, .pbuf), Sample.around(600)),
        Sample.result(Sample.cell(.tcp, .legacy), Sample.around(800)),
      ])
      try folder.write(
        String(decoding: try ResultsJSON.document(document), as: UTF8.self), to: "Results/\(name)/results.json")
    }
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let program = try await Program.run(Places.ringbench, words, in: folder.path)
    #expect(program.error == "")
    #expect(program.status == (words.contains("--by") ? 1 : 0))
    #expect(words.contains("--output") || program.output.contains("worse"))
  }

  @Test(arguments: runs)
  func isAccepted(command: String) async throws {
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let program = try await Program.run(Places.ringbench, words + ["--dry-run"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("trials"))
  }
}
