import Base
import Documents
import Foundation
import TestSupport
import Testing

/// What `Results/` shows to visitors follows from the documents in it.
@Suite struct KeptResultsTests {
  private static let folders = [
    "quick", "reference/debian-6.1", "reference/debian-6.12", "reference/debian-7", "instructions/debian-7",
    "instructions/debian-7-4k", "instructions/host",
  ].map { "\(Places.package)/Results/\($0)" }

  @Test func theTablesAreThoseOfTheDocuments() async throws {
    let program = try await Program.run("/usr/bin/python3", ["\(Places.package)/scripts/results-tables", "--check"])
    #expect(program.status == 0, "\(program.error)")
  }

  @Test func theScreenIsThatOfTheDocument() async throws {
    let folder = "\(Places.package)/Results/quick"
    let readme = try String(contentsOf: URL(filePath: folder + "/README.md"), encoding: .utf8)
    let screen = readme.split(separator: "<!-- screen -->\n\n```\n").last?.split(separator: "```\n\n<!-- end -->").first
    let program = try await Program.run(Places.ringbench, ["report", "Results/quick"], in: Places.package)
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == screen.map(String.init))
  }

  @Test(arguments: folders)
  func everyRunIsWholeAndValid(folder: String) async throws {
    let document = try ResultsDocument.read(folder)
    #expect(document.finished != nil && document.tool.commit != nil && document.tool.modified == false)
    let csv = try String(contentsOf: URL(filePath: folder + "/results.csv"), encoding: .utf8)
    #expect(csv == document.csv)
    let json = try String(contentsOf: URL(filePath: folder + "/results.json"), encoding: .utf8)
    let check = try await Program.python([Places.validator, Places.schemas, "results-1"], input: json)
    #expect(check.status == 0, "\(check.output.prefix(500))\(check.error)")
    #expect(Files.exists(folder + "/report.html"))
  }
}
