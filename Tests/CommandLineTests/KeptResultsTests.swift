import Base
import Documents
import Foundation
import TestSupport
import Testing
import Vocabulary

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

  @Test func theAnswersAreThoseOfTheDocuments() async throws {
    let program = try await Program.run(
      "/usr/bin/python3", ["\(Places.package)/scripts/answers-page", "--check"],
      environment: ["RINGBENCH": Places.ringbench])
    #expect(program.status == 0, "\(program.error)")
    let page = try String(contentsOfFile: "\(Places.package)/docs/answers.md", encoding: .utf8)
    for name in SuiteNames.all { #expect(page.contains("\n<!-- answer \(name) -->\n"), "\(name)") }
  }

  @Test func theScreenIsThatOfTheDocument() async throws {
    let folder = "\(Places.package)/Results/quick"
    let readme = try String(contentsOf: URL(filePath: folder + "/README.md"), encoding: .utf8)
    let screen = readme.split(separator: "<!-- screen -->\n\n```\n").last?.split(separator: "```\n\n<!-- end -->").first
    let program = try await Program.run(Places.ringbench, ["report", "Results/quick"], in: Places.package)
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == screen.map(String.init))
  }

  /// Pages of many cells keep their documents compressed, and no rows.
  private static let packedFolders = Files.names(in: "\(Places.package)/Results/kernel-managed").filter {
    Files.exists("\(Places.package)/Results/kernel-managed/\($0)/results.json.gz")
  }

  @Test func theKernelManagedPageHasItsThreeRuns() {
    #expect(Set(Self.packedFolders).isSuperset(of: ["lab", "lab-control", "lab-7"]))
  }

  @Test(arguments: packedFolders)
  func everyPackedRunIsWholeAndValid(name: String) async throws {
    let folder = "\(Places.package)/Results/kernel-managed/\(name)"
    let program = try await Program.run("/usr/bin/gzip", ["-dc", folder + "/results.json.gz"])
    try #require(program.status == 0, "\(program.error)")
    let unpacked = try TemporaryFolder()
    try Files.write(program.output.utf8, to: unpacked.file("results.json"))
    let document = try await expectWholeAndValid(unpacked.path)
    #expect(document.cells.allSatisfy { $0.status == .ok })
    #expect(Files.exists(folder + "/report.html"))
    // What the page says of its cells holds only while the documents have them all.
    guard name == "lab" else { return }
    let suite = "\(Places.package)/Results/kernel-managed/suite.yaml"
    let plan = try await Program.run(Places.ringbench, ["run", "--dry-run", "--suite", suite])
    let cells = plan.output.split(separator: "\n").filter { $0.contains("/msg=") }
    #expect(document.cells.map(\.cell.id) == cells.map { String($0.prefix { $0 != " " }) })
  }

  @Test(arguments: folders)
  func everyRunIsWholeAndValid(folder: String) async throws {
    let document = try await expectWholeAndValid(folder)
    let csv = try String(contentsOf: URL(filePath: folder + "/results.csv"), encoding: .utf8)
    #expect(csv == document.csv)
    #expect(Files.exists(folder + "/report.html"))
  }

  /// Expects the document of a finished run, of executables that some commit has.
  @discardableResult
  private func expectWholeAndValid(_ folder: String) async throws -> ResultsDocument {
    let document = try ResultsDocument.read(folder)
    #expect(document.finished != nil && document.tool.commit != nil && document.tool.modified == false)
    let json = try String(contentsOf: URL(filePath: folder + "/results.json"), encoding: .utf8)
    let check = try await Program.python([Places.validator, Places.schemas, "results-1"], input: json)
    #expect(check.status == 0, "\(check.output.prefix(500))\(check.error)")
    return document
  }
}
