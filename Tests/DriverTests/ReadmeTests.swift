import Foundation
import TestSupport
import Testing

/// The commands in the README are what users type first.
@Suite struct ReadmeTests {
  private static let readme: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
  }()

  /// The lines of the README that start with `ringbench run`.
  static let runs = readme.split(separator: "\n").filter { $0.hasPrefix("ringbench run ") }.map(String.init)

  @Test func theReadmeShowsRuns() {
    #expect(Self.runs.count >= 4)
  }

  @Test(arguments: runs)
  func isAccepted(command: String) async throws {
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let program = try await Program.run(Places.ringbench, words + ["--dry-run"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("trials"))
  }
}
