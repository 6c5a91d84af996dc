import Base
import Documents
import Foundation
import TestSupport
import Testing

@testable import Reporting

/// An explanation on the terminal, and the files of its profiles.
@Suite struct ExplanationTextTests {
  @Test(arguments: [("explanation-two.txt", Sample.profiles), ("explanation-one.txt", [Sample.newProfile])])
  func textIsAsExpected(name: String, profiles: [CallProfile]) throws {
    let text = ExplanationTable(ProfiledExplanation(profiles)).text
    #expect(try Golden.text(name, now: text) == text)
  }

  @Test func linesFitTheTerminal() {
    let texts = [Sample.profiles, [Sample.hostileProfile()], [Sample.hostileProfile(), Sample.oldProfile], [wide]].map {
      ExplanationTable(ProfiledExplanation($0)).text
    }
    for line in texts.joined().split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    #expect(!texts.joined().unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  /// Sixty functions, all columns, and large numbers.
  private var wide: CallProfile {
    var profile = Sample.hostileProfile()
    profile.roots[0].children += (0..<60).map { index in
      var node = CallProfile.Node("function_\(index)")
      for column in CostColumn.allCases { node.own[column] = 640 * (10_000 + index) }
      return node
    }
    profile.instructionsPerOperation = Double(profile.instructions) / Double(profile.operations)
    return profile
  }

  /// What the table shows of the differences adds up to the whole.
  @Test func rowsThatAreLeftOutAreAddedUp() throws {
    var old = wide
    old.roots[0].children.removeAll { $0.name.hasPrefix("function_") }
    old.instructionsPerOperation = Double(old.instructions) / Double(old.operations)
    let text = ExplanationTable(ProfiledExplanation([old, wide])).text
    let sum = (0..<35).reduce(0) { $0 + 10_000 + $1 }
    #expect(text.contains("\n35 more functions: +\(sum).0 / -0.00\n"), "\(text)")
    let all = (0..<60).reduce(0) { $0 + 10_000 + $1 }
    #expect(text.contains("up/down: \(all).0/0.00 (\(all).0)\n") && text.contains(", delta +\(all), chg "))
  }

  @Test func sidesThatAreAlikeSaySo() {
    let text = ExplanationTable(ProfiledExplanation([Sample.oldProfile, Sample.oldProfile])).text
    #expect(text.hasPrefix("One operation takes as many instructions as before: "))
    #expect(text.contains("add/remove: 0/0 grow/shrink: 0/0 up/down: 0.00/0.00 (0.00)"))
    #expect(!text.contains("Call paths"))
  }

  @Test func roundsThatAreNotExplainedAreCounted() {
    let remarks = ExplanationWords(ProfiledExplanation(Sample.profiles)).remarks
    #expect(
      remarks[0].hasPrefix("Old: trial 3, whose figure is the median of all trials; 250 of 256 rounds are explained"))
    #expect(remarks[1].hasSuffix("all 256 rounds are explained."))
    #expect(remarks.contains { $0.hasPrefix("[clock]: 1.17 instructions are the clock's own code") })
  }

  // MARK: Files

  @Test func aFolderHasTheFilesOfEachSide() throws {
    let folder = try TemporaryFolder()
    let pair = try ExplanationFolder.write(sides: Sample.profiles, into: folder.path)
    try ExplanationFolder.write(sides: [Sample.oldProfile], into: folder.path, number: 2)
    let two = ["callgrind.out.new", "callgrind.out.old", "explanation.json", "explanation.txt", "new.collapsed"]
    #expect(Files.names(in: folder.path) == ["2"] + two + ["old.collapsed"])
    let one = ["callgrind.out.profile", "explanation.json", "explanation.txt", "profile.collapsed"]
    #expect(Files.names(in: folder.path + "/2") == one)
    let read = try ExplanationFolder.read(folder.path)
    #expect(read.map(\.explanation) == [pair.explanation, Explanation([Sample.oldProfile])])
    let paths = read.map { $0.profiles.map(\.ownByPath) }
    #expect(paths == [pair.profiles.map(\.ownByPath), [Sample.oldProfile.joined.ownByPath]])
  }

  @Test func theSameProfilesAreTheSameFiles() throws {
    let folders = try [TemporaryFolder(), TemporaryFolder()]
    for folder in folders { try ExplanationFolder.write(sides: Sample.profiles, into: folder.path) }
    for name in Files.names(in: folders[0].path) {
      #expect(try Files.text(folders[0].file(name)) == Files.text(folders[1].file(name)), "\(name)")
    }
  }

  @Test func stacksAddUpToTheFigure() throws {
    for profile in Sample.profiles + [Sample.hostileProfile()] {
      let lines = CollapsedStacks.text(profile).split(separator: "\n")
      let sum = lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
      #expect(Double(sum) / Double(profile.operations) == profile.instructionsPerOperation)
      #expect(lines == lines.sorted())
      #expect(lines.contains { $0 == "[clock] \(75 * profile.roundsExplained)" })
    }
  }

  @Test(arguments: [
    ("a;b", "a:b"), ("two\nlines 12", "two lines_12"), ("", "[unknown]"), (" ; ", ":"), ("f 1.5", "f_1.5"),
    ("f(x: Int) -> A", "f(x: Int) -> A"), ("12", "12"), ("a 1;2", "a 1:2"),
  ])
  func namesAreOneFunctionInAStack(name: String, frame: String) {
    #expect(CollapsedStacks.frame(name) == frame)
  }

  /// The rules of flamegraph.pl and of speedscope's importer, with names that try to break them.
  @Test func othersReadTheStacks() async throws {
    let script = #"""
      import re, sys
      total, deepest = 0, 0
      for line in sys.stdin.buffer.read().decode().split("\n")[:-1]:
          gregg = re.fullmatch(r"(.*)\s+?(\d+(?:\.\d*)?)", line)
          assert not re.fullmatch(r"(.*)\s+?(\d+(?:\.\d*)?)", gregg[1]), line
          speedscope = re.fullmatch(r"(.*) (\d+)", line)
          assert gregg.groups() == speedscope.groups() and all(gregg[1].split(";")), line
          total, deepest = total + int(gregg[2]), max(deepest, len(gregg[1].split(";")))
      print(total, deepest)
      """#
    let profile = Sample.hostileProfile()
    let program = try await Program.python(["-c", script], input: CollapsedStacks.text(profile))
    #expect(program.output == "\(profile.instructions) \(1 + Sample.hostileNames.count)\n", "\(program.error)")
  }

  @Test(arguments: ["a;b", "a;b -1", "a;;b 1", " 1", "a 1\nb x", "a 9223372036854775807\nb 1", "a 5"])
  func wrongStacksAreRefused(text: String) throws {
    let folder = try TemporaryFolder()
    try ExplanationFolder.write(sides: [Sample.oldProfile], into: folder.path)
    try folder.write(text, to: "profile.collapsed")
    let error = #expect(throws: RingbenchError.self) { try ExplanationFolder.read(folder.path) }
    #expect(error?.message.contains("profile.collapsed") == true)
  }

  /// valgrind's own reader of the format: the totals, and what functions cost alone and with what they call.
  @Test(arguments: [false, true]) func callgrindAnnotateReadsTheFile(inclusive: Bool) async throws {
    for profile in Sample.profiles + [Sample.hostileProfile()] {
      let folder = try TemporaryFolder()
      try folder.write(CallgrindFile(profile).text, to: "callgrind.out.x")
      let program = try await Program.run(
        "/usr/bin/callgrind_annotate",
        [
          "--threshold=100", "--show-percs=no", "--auto=no", "--inclusive=\(inclusive ? "yes" : "no")",
          "callgrind.out.x",
        ],
        in: folder.path)
      #expect(program.status == 0 && program.error.isEmpty, "\(program.error)")
      // A line is a cost for each event, a dot where it is zero, and the function.
      let rows = program.output.split(separator: "\n").compactMap { line -> (cost: Int, name: String)? in
        let words = line.split(separator: " ", maxSplits: profile.columns.count).map(String.init)
        guard let first = words.first, let cost = Int(first.filter { $0 != "," }), words.count > profile.columns.count
        else { return nil }
        return (cost, words[profile.columns.count].trimmingCharacters(in: .whitespaces))
      }
      #expect(rows.first?.name == "PROGRAM TOTALS" && rows.first?.cost == profile.instructions)
      let costs = Dictionary(rows.dropFirst().map { ($0.name, $0.cost) }) { first, _ in first }
      for function in profile.joined.functions where !function.name.isEmpty && function.own[.instructions] > 0 {
        let name = "???:" + FormatText.line(function.name).split(separator: " ").joined(separator: " ")
        let cost = costs.first { $0.key == name || $0.key.hasPrefix(name + " [") }?.value
        #expect(cost == (inclusive ? function.inclusive : function.own[.instructions]), "\(name)")
      }
      #expect(costs["???:[clock]"] == profile.constant)
      // It has no cost of its own.
      #expect(costs["???:[timed rounds]"] == (inclusive ? profile.instructions : 0))
    }
  }
}
