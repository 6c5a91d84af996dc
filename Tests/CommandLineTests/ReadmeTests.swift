import Base
import Documents
import Foundation
import Statistics
import TestSupport
import Testing
import Vocabulary

/// The commands in the README and in the pages that it links to are what users type first.
@Suite struct ReadmeTests {
  /// A line of a page that starts `ringbench`.
  struct Line: Sendable, CustomTestStringConvertible {
    var page: String
    /// What follows `ringbench`.
    var words: [String]

    var testDescription: String { "\(page): ringbench \(words.joined(separator: " "))" }

    /// The runs that a `compare` or a `report` names.
    var runs: [String] {
      words.dropFirst().prefix { !$0.hasPrefix("--") }.flatMap { $0.split(separator: ",").map(String.init) }
    }

    func starts(with command: String...) -> Bool { words.starts(with: command) }

    /// The words with an option of the command itself, not of what follows `--`.
    func with(_ option: String) -> [String] {
      let end = words.firstIndex(of: "--") ?? words.endIndex
      return words[..<end] + [option] + words[end...]
    }
  }

  static let pages =
    ["README.md", "Sources/KernelLab/README.md"]
    + Files.names(in: Places.package + "/docs").filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }

  static let lines = pages.flatMap { page in
    commands((try? String(contentsOfFile: "\(Places.package)/\(page)", encoding: .utf8)) ?? "")
      .map { Line(page: page, words: $0) }
  }

  static let runs = lines.filter { $0.starts(with: "run") }
  static let comparisons = lines.filter { $0.starts(with: "compare") }
  static let reports = lines.filter { $0.starts(with: "report") }
  static let machines = lines.filter { $0.starts(with: "vm", "run") || $0.starts(with: "vm", "compare") }
  static let others = lines.filter { line in
    !["run", "compare", "report"].contains(line.words[0]) && !machines.contains { $0.words == line.words }
  }

  /// Finds command lines in fenced blocks, also as a step of a job, and puts continued lines together.
  private static func commands(_ page: String) -> [[String]] {
    let text = page.replacing(#/\\\n\s*/#, with: "").replacing("${{ matrix.kernel }}", with: "debian-6.12")
    var isFenced = false
    return text.split(separator: "\n").compactMap { line in
      if line.hasPrefix("```") { isFenced.toggle() }
      let command = line.trimmingPrefix(#/ *(- )?(run: )?/#)
      guard isFenced, command.hasPrefix("ringbench ") else { return nil }
      let words = command.split(separator: " ").dropFirst().map(String.init)
      // The rest is for the shell.
      return Array(words.prefix { ![">>", ">", "|", "||", "&&"].contains($0) })
    }
  }

  @Test func thePagesShowEachCommand() {
    #expect(Self.pages.count >= 6)
    #expect(Self.runs.count >= 4 && Self.comparisons.count >= 4 && Self.reports.count >= 4)
    #expect(Self.machines.count >= 8 && Self.others.count >= 4)
  }

  @Test func theReadmeIsShort() throws {
    let text = try String(contentsOfFile: Places.package + "/README.md", encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 150)
  }

  /// Nothing got worse in the two runs, but `legacy` is dearer than `pbuf`.
  @Test(arguments: comparisons)
  func compares(line: Line) async throws {
    let program = try await run(line.words, onSamples: line.runs)
    #expect(program.error == "")
    #expect(program.status == (line.words.contains("--by") ? 1 : 0))
    #expect(line.words.contains("--output") || program.output.count > 100)
  }

  @Test(arguments: reports)
  func isShownAgain(line: Line) async throws {
    let program = try await run(line.words, onSamples: line.runs)
    #expect(program.status == 0, "\(program.error)")
    #expect(line.words.contains("--output") || !program.output.isEmpty)
  }

  @Test(arguments: runs)
  func isAccepted(line: Line) async throws {
    let program = try await Program.run(Places.ringbench, line.words + ["--dry-run"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("trials"))
  }

  @Test(arguments: machines)
  func wouldStartAMachine(line: Line) async throws {
    let measured = line.words.filter { $0.hasPrefix("Results/") && !line.words.contains("run") }
    let program = try await run(line.with("--show-command"), onSamples: measured)
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.hasPrefix("qemu-system-x86_64 "))
  }

  /// A word that no command has is all that is wrong with them.
  @Test(arguments: others)
  func hasNoOtherMistake(line: Line) async throws {
    let program = try await Program.run(Places.ringbench, line.with("--no-such-option"))
    #expect(program.status == 2)
    let mistakes = program.errorLines.filter { !$0.contains("this would work:") }
    #expect(mistakes.count == 1 && mistakes[0].contains("--no-such-option"), "\(program.error)")
  }

  /// Links from page to page, also to a heading.
  @Test(arguments: pages)
  func linksLeadSomewhere(page: String) throws {
    let text = try String(contentsOfFile: "\(Places.package)/\(page)", encoding: .utf8)
    let folder = URL(filePath: "\(Places.package)/\(page)").deletingLastPathComponent()
    for match in text.matches(of: #/\]\(([^)#]*)(?:#([^)]*))?\)/#) where !match.1.hasPrefix("http") {
      let target = match.1.isEmpty ? "\(Places.package)/\(page)" : folder.appending(path: String(match.1)).path
      #expect(Files.exists(target), "\(match.0)")
      guard let heading = match.2 else { continue }
      let headings = try String(contentsOfFile: target, encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix("#") }.map(Self.anchor)
      #expect(headings.contains(String(heading)), "\(match.0)")
    }
  }

  /// How GitHub and GitLab name a heading in links.
  private static func anchor(_ heading: Substring) -> String {
    heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }.replacing(" ", with: "-")
  }

  /// Runs a command where the named folders are runs.
  private func run(_ words: [String], onSamples folders: [String]) async throws -> Program {
    let folder = try TemporaryFolder()
    for name in folders {
      try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
      let cells = [(Transport.tcp, Mode.pbuf, 600.0), (.tcp, .legacy, 800), (.unixSeqpacket, .pbuf, 700)].map {
        let trials = Sample.trials(Sample.around($0.2))
        return CellResult(
          cell: Sample.cell($0.0, $0.1), status: .ok, trials: trials, summary: TrialSummary.of(trials))
      }
      try folder.write(
        String(decoding: try ResultsJSON.document(Sample.document(cells)), as: UTF8.self), to: "\(name)/results.json")
    }
    return try await Program.run(Places.ringbench, words, in: folder.path)
  }
}
