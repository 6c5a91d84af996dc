import Base
import Documents
import Foundation
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// A comparison with every verdict and every kind of remark, in every format.
@Suite struct ComparisonFormatTests {
  private static let cells: [(Transport, Mode, [Double], [Double])] = [
    (.tcp, .pbuf, Sample.around(601), Sample.around(650)), (.tcp, .plain, Sample.around(700), Sample.around(620)),
    (.tcp, .legacy, Sample.around(900), Sample.around(904)),
    (.pipe, .pbuf, [590, 640, 605, 620, 610, 600], [612, 660, 627, 642, 632, 622]),
    (.pipe, .legacy, [500], [520]), (.fileDirect, .plain, Sample.around(4000), Sample.around(4500)),
  ]

  private static func samples(_ document: ResultsDocument, _ name: String) throws -> RunSamples {
    let folder = try TemporaryFolder()
    try folder.write(String(decoding: try ResultsJSON.document(document), as: UTF8.self), to: "results.json")
    var samples = try RunSamples.read(folder.path, columns: .compared)
    samples.path = name + "/results.json"
    return samples
  }

  private static var comparison: RunComparison {
    get throws {
      let unsupported = CellResult(
        cell: Sample.cell(.tcp, .kmbuf, .oneshot), status: .unsupported, reason: Sample.unsupported)
      let lost = Sample.cell(.udp, .pbuf, .oneshot)
      let old = cells.map { Sample.result(Sample.cell($0.0, $0.1, .oneshot), $0.2) }
      let new = cells.map { Sample.result(Sample.cell($0.0, $0.1, .oneshot), $0.3) }
      let failed = CellResult(
        cell: lost, status: .failed, reason: Reason(stage: .verify, message: "byte 3 is <9>, \"not\" 8 | & more"))
      var document = Sample.document(new + [unsupported, failed])
      document.host.kernelRelease = "6.13.0"
      document.command = ["ringbench", "run", "--trials", "11", "--output", "new"]
      return RunComparison(
        try samples(Sample.document(old + [unsupported, Sample.result(lost, Sample.around(500))]), "old"),
        try samples(document, "new"))
    }
  }

  @Test(arguments: [
    (ComparisonFormat.text, "comparison.txt"), (.markdown, "comparison.md"), (.junit, "comparison.xml"),
    (.json, "comparison.json"), (.ktap, "comparison.ktap"), (.lkp, "comparison.lkp"),
  ])
  func looksLikeTheGoldenFile(format: ComparisonFormat, name: String) throws {
    let text = try format.output(Self.comparison)
    #expect(try text == Golden.text(name, now: text))
  }

  @Test func theDocumentIsValid() async throws {
    let json = try ComparisonFormat.json.output(Self.comparison)
    let check = try await Program.python([Places.validator, Places.schemas, "comparison-1"], input: json)
    #expect(check.status == 0, "\(check.output)\(check.error)")
    let back = try ResultsJSON.decode(RunComparison.self, from: Data(json.utf8))
    #expect(try back.cells.map(\.verdict) == Self.comparison.cells.map(\.verdict))
  }

  @Test(arguments: [
    ("\"worse\"", "\"slower\""), ("\"p_value\"", "\"p\""), ("\"kind\" : \"kernel\"", "\"kind\" : \"kernels\""),
    ("\"assumption\" : \"nothing\"", "\"assumption\" : \"normal\""),
  ])
  func aWrongDocumentIsNot(right: String, wrong: String) async throws {
    let json = try ComparisonFormat.json.output(Self.comparison)
    let parts = json.split(separator: right, omittingEmptySubsequences: false)
    try #require(parts.count > 1)
    let text = parts.joined(separator: wrong)
    #expect(try await Program.python([Places.validator, Places.schemas, "comparison-1"], input: text).status == 3)
  }

  /// Every reader of JUnit reports relies on well-formed XML and right counts.
  @Test func theReportIsXMLThatCounts() async throws {
    let script = """
      import sys, xml.etree.ElementTree as tree
      suites = tree.parse(sys.stdin).getroot()
      for suite in suites:
        for name, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("skipped", "testcase/skipped")):
          assert int(suite.get(name)) == len(suite.findall(path)) == int(suites.get(name)), name
      print(suites.get("failures"), suites.get("skipped"))
      """
    let comparison = try Self.comparison
    let program = try await Program.python(["-c", script], input: try ComparisonFormat.junit.output(comparison))
    #expect(program.status == 0, "\(program.error)")
    #expect(
      program.output
        == "\(comparison.count(.worse) + comparison.count(.lost)) "
        + "\(comparison.count(.undecided) + comparison.count(.missing))\n")
    #expect(comparison.count(.lost) == 1)
  }

  @Test func thePageHasTheWorstFirstAndEveryPart() async throws {
    let page = try ComparisonFormat.html.output(Self.comparison)
    let rows = "[r.find('td').text for r in section('differences').iter('tr') if r.find('td') is not None]"
    try await PageReader.expect(
      page, rows, "['✕ lost', '▲ worse', '▼ better', '? undecided', '? undecided', '? undecided', '= same']")
    try await PageReader.expect(
      page, "[l for l in links if l[0] != '#' or l[1:] not in ids], tags.count('script')", "([], 0)")
    try await PageReader.expect(page, "len(marks('interval')), tags.count('circle'), len(marks('new'))", "(5, 12, 0)")
    #expect(page.contains("Of 8 cells 1 got worse and 1 no longer work, and 1 got better. 3 could not be decided."))
    #expect(page.contains("reporting-regressions.rst") && page.contains("Linux 6.12.0 to 6.13.0"))
  }

  /// Forty cells that only the new kernel has take one line, not forty.
  @Test func cellsOfOneSideAreOneLine() throws {
    let sizes = (1...40).map { size -> Cell in
      var cell = Sample.cell(.tcp, .pbufInc, .oneshot)
      cell.messageSize = size
      return cell
    }
    let refused = sizes.map { CellResult(cell: $0, status: .unsupported, reason: Sample.unsupported) }
    let both = Sample.result(Sample.cell(.tcp, .pbuf), Sample.around(600))
    let comparison = RunComparison(
      try Self.samples(Sample.document([both] + refused), "old"),
      try Self.samples(Sample.document([both] + sizes.map { Sample.result($0, Sample.around(600)) }), "new"))
    let text = ComparisonTable(comparison).text
    let lines = text.split(separator: "\n").filter { $0.contains("missing: ") }
    #expect(lines == ["missing: 40 cells, such as \(sizes[0].id): baseline unsupported: register: EINVAL"])
    #expect(text.contains("(within 5 %), 40 missing\n"))
    let neither = try ComparisonFormat.text.output(Self.comparison)
    #expect(neither.contains("(within 5 %), 1 works on neither side\n"))
    #expect(try ComparisonFormat.markdown.output(comparison).contains("- missing: 40 cells, such as"))
  }

  /// A shift of pairs may have another sign than the difference of the medians: the text says which decides.
  @Test func aShiftThatContradictsTheMediansIsExplained() throws {
    var comparison = try Self.comparison
    #expect(!ComparisonTable(comparison).text.contains("the change decides"))
    let index = try #require(comparison.cells.firstIndex { $0.verdict == .same })
    comparison.cells[index].metrics["ns_per_operation"]?.percent = -0.4
    #expect(ComparisonTable(comparison).text.contains("where the two disagree, the change decides"))
  }

  @Test func markupOfAKernelsNameStaysText() throws {
    var comparison = try Self.comparison
    comparison.new.kernelRelease = "6.1`@someone"
    comparison.cells[0].remark = "*b* |\u{301} @someone <i>"
    let text = try ComparisonFormat.markdown.output(comparison)
    #expect(text.contains("\\*b\\* \\|\u{301} @\u{2060}someone \\<i\\>"))
    #expect(text.contains("6.1'@someone"))
  }

  @Test func oneRunsModesAreCompared() throws {
    let run = try Self.samples(
      Sample.document(Self.cells.prefix(3).map { Sample.result(Sample.cell($0.0, $0.1, .oneshot), $0.2) }), "run")
    let comparison = RunComparison(
      run, by: "mode", key: ComparisonAxis.mode.key, isBaseline: { $0.mode == .pbuf })
    #expect(comparison.cells.map(\.verdict) == [.worse, .worse])
    let text = ComparisonTable(comparison).text
    #expect(try text == Golden.text("comparison-by.txt", now: text))
  }
}
