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

  /// The choice that a program has: any mode with any operation.
  @Test func aJobNamesWhatToUse() throws {
    func cell(_ mode: Mode, _ operation: Vocabulary.Operation, _ pattern: Pattern) -> Cell {
      var cell = Sample.cell(.unixSeqpacket, mode, operation, pattern)
      cell.connections = 64
      return cell
    }
    let document = Sample.document([
      result(cell(.plain, .oneshot, .armed), around(917)), result(cell(.pbuf, .oneshot, .armed), around(1073)),
      result(cell(.pbuf, .multishot, .armed), around(807)), result(cell(.pbufMmap, .multishot, .armed), around(808)),
      // One operation alone leaves no choice, and a drain of a byte stream none that is fair.
      result(cell(.plain, .oneshot, .drain), around(614)),
      result(Sample.cell(.tcp, .plain, .oneshot), around(600)), result(Sample.cell(.tcp, .pbuf), around(160)),
    ])
    #expect(
      Findings(document).lines[0]
        == "to receive 64-byte messages from 64 unix-seqpacket connections that wait: pbuf multishot, 807 ns per message, "
        + "not told apart from pbuf-mmap multishot; next comes plain oneshot, +14 %")
    #expect(Findings(document).lines.count { $0.hasPrefix("to ") } == 1)
    let choice = try #require(document.choices?.first)
    #expect(document.choices?.count == 1 && choice.metric == "ns_per_operation")
    #expect(choice.ranking.map(\.isToldApart) == [false, false, true, true])
    #expect(choice.ranking.map { $0.percent.rounded() } == [0, 0, 14, 33])
  }

  @Test func eachPatternSaysWhatBelongsToItsCost() {
    func words(_ pattern: Pattern, _ change: (inout Measurements) -> Void) -> [String] {
      var cell = Sample.cell(.tcp, .pbuf, .multishot, pattern)
      if pattern == .paced { cell.rate = 2_000_000 }
      var trials = Sample.trials(around(1000), latency: Sample.latency(values: [41_200, 90_000], counts: [99, 1]))
      for index in trials.indices { change(&trials[index].outcome.measurements!) }
      return PatternRemarks(CellResult(cell: cell, status: .ok, trials: trials, summary: TrialSummary.of(trials))).words
    }
    #expect(words(.armed) { $0[.wakeNsPerOperation] = 105 } == ["+105 ns for the sender"])
    #expect(words(.stream) { $0[.cpuNsPerOperation] = 990 } == ["CPU; 1.00 M/s"])
    #expect(
      words(.stream) { $0[.cpuNsPerOperation] = 550 }
        == ["CPU; limited by the sender at 1.00 M/s: the receiver ran for 55 %"])
    #expect(words(.pingpong) { _ in } == ["CPU; p50 41.2 us, p99 41.2 us"])
    #expect(
      words(.paced) { _ in } == [
        "p50; p99 41.2 us, 580 ns of CPU", "the rate was not reached: 1.00 M/s of 2.00 M/s",
      ])
    #expect(words(.drain) { _ in }.isEmpty)
  }

  @Test func theOverheadLooksLikeTheGoldenFile() throws {
    let document = Sample.document([
      result(Sample.cell(.pipe, .pbuf), around(612)),
      result(Sample.cell(.pipe, .pbuf, implementation: .reference), around(600)),
      result(Sample.cell(.pipe, .pbuf, implementation: .tight), around(570)),
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
