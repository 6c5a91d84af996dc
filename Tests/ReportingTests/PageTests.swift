import Documents
import FoundationEssentials
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// The page of a run.
@Suite struct PageTests {
  private static let hostile = "<script>alert('1')</script> \" & ]]> \u{1}\n\(String(repeating: "x", count: 10_000))"

  private func result(_ cell: Cell, _ ns: Double, disturbed: Bool = false) -> CellResult {
    var trials = Sample.trials([-3, -2, -1, 0, 1, 2, 3].map { ns + $0 })
    if disturbed { trials[0].disturbed = "the core ran at 80 % of its speed" }
    return CellResult(cell: cell, status: .ok, trials: trials, summary: TrialSummary.of(trials))
  }

  private var document: ResultsDocument {
    Sample.document([
      result(Sample.cell(.tcp, .plain, .oneshot), 500),
      result(Sample.cell(.tcp, .pbuf, .oneshot), 600, disturbed: true),
      result(Sample.cell(.udp, .pbuf), 170), result(Sample.cell(.udp, .legacy), 187),
      CellResult(
        cell: Sample.cell(.udp, .kmbuf), status: .unsupported,
        reason: Reason(stage: .register, errno: "EINVAL", message: Self.hostile)),
    ])
  }

  @Test func everyLinkLeadsSomewhereAndNothingIsFetched() async throws {
    let page = RunPage(document).text
    try await PageReader.expect(
      page, "[l for l in links if l[0] != '#' or l[1:] not in ids], len(set(ids)) == len(ids)", "([], True)")
    try await PageReader.expect(page, "[e.tag for e in page.iter() if e.get('src')], tags.count('script')", "([], 0)")
    #expect(!page.contains("url(") && !page.contains("@import"))
    try await PageReader.expect(page, "tags.count('svg'), tags.count('title'), tags.count('details')", "(2, 3, 3)")
  }

  @Test func everyTrialIsADotAndADisturbedOneIsHollow() async throws {
    let page = RunPage(document).text
    let dots = "sum(e.get('d').count('h0') for e in page.iter('path') if e.get('class') == 'dots')"
    let hollow = "sum(e.get('d').count('M') for e in page.iter('path') if e.get('class') == 'hollow')"
    try await PageReader.expect(page, "\(dots), \(hollow)", "(27, 1)")
  }

  @Test func hostileTextStaysText() async throws {
    var document = document
    document.host.kernelCommandLine = Self.hostile
    document.host.cpuModel = Self.hostile
    document.command = ["ringbench", Self.hostile]
    let page = RunPage(document).text
    #expect(!page.contains("<script"))
    let scripts = "tags.count('script'), ''.join(page.itertext()).count('<script>alert') >= 4"
    try await PageReader.expect(page, scripts, "(0, True)")
  }

  @Test func fourPlacementsAreFourRows() {
    let cells = [0, 1].flatMap { cpu in
      [0, 1].map { memory -> CellResult in
        var cell = Sample.cell(.tcp, .pbuf, .oneshot)
        (cell.cpuNode, cell.memoryNode) = (cpu, memory)
        return result(cell, 600)
      }
    }
    let page = RunPage(Sample.document(cells)).text
    for place in ["0/0", "0/1", "1/0", "1/1"] { #expect(page.contains("<th scope=\"row\">tcp cpu/mem \(place)</th>")) }
  }

  @Test func instructionsAreNotCalledNanoseconds() {
    var document = document
    document.host.deterministic = true
    let page = RunPage(document).text
    #expect(page.contains("the cheapest stands in instructions") && !page.contains(">ns<"))
  }

  /// Ten thousand cells of eleven trials.
  @Test func aLargePageStaysSmall() {
    let trials = Sample.trials((0..<11).map { 600 + Double($0) })
    let summary = TrialSummary.of(trials)
    let cells = (0..<10_000).map { index -> CellResult in
      var cell = Sample.cell(.tcp, [.plain, .legacy, .pbuf, .pbufMmap, .pbufInc][index % 5], .oneshot)
      cell.messageSize = 64 + index / 5
      return CellResult(cell: cell, status: .ok, trials: trials, summary: summary)
    }
    #expect(RunPage(Sample.document(cells)).text.utf8.count < 10_000_000)
  }

  @Test(arguments: [0.004, 1, 13.3, 99, 100, 880, 4580, 1e9])
  func anAxisHasRoundTicks(most: Double) {
    let axis = LinearAxis(to: most)
    #expect(axis.ticks.first == 0 && axis.ticks.last == axis.end && axis.end >= most && axis.end < 1.6 * most)
    #expect((4...9).contains(axis.ticks.count), "\(axis.ticks)")
  }
}
