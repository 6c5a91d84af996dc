import Documents
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// What a run prints at its end.
@Suite struct ReportTests {
  private func result(_ cell: Cell, _ ns: [Double]) -> CellResult {
    let trials = Sample.trials(ns)
    return CellResult(cell: cell, status: .ok, trials: trials, summary: TrialSummary.of(trials))
  }

  private func around(_ ns: Double) -> [Double] { [-3, -2, -1, 0, 1, 2, 3].map { ns + $0 } }

  private var ranking: ResultsDocument {
    Sample.document([
      result(Sample.cell(.tcp, .plain), around(620)), result(Sample.cell(.tcp, .legacy), around(850)),
      result(Sample.cell(.tcp, .pbuf), around(601)), result(Sample.cell(.tcp, .pbufMmap), around(603)),
      CellResult(cell: Sample.cell(.tcp, .kmbuf), status: .unsupported, reason: Sample.unsupported),
      CellResult(
        cell: Sample.cell(.pipe, .plain), status: .unsupported,
        reason: Reason(stage: .setup, message: "multishot needs a buffer group")),
      CellResult(
        cell: Sample.cell(.pipe, .pbuf), status: .failed, reason: Reason(stage: .verify, message: "byte 3 is wrong")),
      result(Sample.cell(.unixStream, .pbuf, .oneshot), [23.44]),
    ])
  }

  @Test func theTableLooksLikeTheGoldenFile() throws {
    let text = ResultsTable(ranking).text
    #expect(try text == Golden.text("table.txt", now: text))
  }

  @Test func theFindingsLookLikeTheGoldenFile() throws {
    let text = Findings(ranking).lines.joined(separator: "\n") + "\n"
    #expect(try text == Golden.text("findings.txt", now: text))
  }

  @Test func theOverheadLooksLikeTheGoldenFile() throws {
    let document = Sample.document([
      result(Sample.cell(.pipe, .pbuf), around(612)),
      result(Sample.cell(.pipe, .pbuf, implementation: .reference), around(600)),
      result(Sample.cell(.pipe, .legacy), around(790)),
      CellResult(
        cell: Sample.cell(.pipe, .legacy, implementation: .reference), status: .failed,
        reason: Reason(stage: .receive, errno: "EIO", message: "a read failed")),
    ])
    let text = try #require(OverheadTable(document)).text
    #expect(try text == Golden.text("overhead.txt", now: text))
  }

  /// Only results of kernel-managed buffers are marked, and only those of a kernel that has them by an extension.
  @Test(arguments: [Mode.kmbuf, .pbuf], [nil, "takes buffers back"])
  func anExtensionIsNamed(mode: Mode, name: String?) {
    var document = Sample.document([result(Sample.cell(.tcp, mode), [600])])
    document.host.kernelManagedExtension = name
    let text = RunReport(document, in: RunFolder(path: "out")).text
    #expect(text.contains("not of an upstream kernel: takes buffers back") == (mode == .kmbuf && name != nil))
  }

  @Test func axesThatVaryAreColumns() {
    var small = Sample.cell(.tcp, .pbuf)
    small.messageSize = 16
    small.memoryNode = 1
    let document = Sample.document([result(Sample.cell(.tcp, .pbuf), [600]), result(small, [500])])
    #expect(ResultsTable(document).text.hasPrefix("transport operation pattern message-size cpu/memory node mode"))
    #expect(Findings(document).lines[1].hasPrefix("tcp multishot drain (message-size 16, cpu/memory node 0/1): "))
  }
}
