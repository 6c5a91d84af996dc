import Documents
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// What a run shows on one screen.
@Suite struct MatrixTests {
  private func result(_ cell: Cell, _ ns: Double) -> CellResult {
    let trials = Sample.trials([-3, -2, -1, 0, 1, 2, 3].map { ns + $0 })
    return CellResult(cell: cell, status: .ok, trials: trials, summary: TrialSummary.of(trials))
  }

  private func cell(
    _ transport: Transport, _ mode: Mode, _ operation: Vocabulary.Operation, _ pattern: Pattern = .drain,
    connections: Int = 1
  ) -> Cell {
    var cell = Sample.cell(transport, mode, operation, pattern)
    cell.connections = connections
    return cell
  }

  private func unsupported(_ cell: Cell, _ reason: Reason = Sample.unsupported) -> CellResult {
    CellResult(cell: cell, status: .unsupported, reason: reason)
  }

  private var document: ResultsDocument {
    let group = Reason(stage: .setup, message: "multishot needs a buffer group")
    return Sample.document([
      result(cell(.tcp, .plain, .oneshot), 500), result(cell(.tcp, .legacy, .oneshot), 850),
      result(cell(.tcp, .pbuf, .oneshot), 600), result(cell(.tcp, .pbufMmap, .oneshot), 601),
      unsupported(cell(.tcp, .kmbuf, .oneshot)),
      result(cell(.udp, .plain, .oneshot), 502), result(cell(.udp, .pbuf, .oneshot), 501),
      unsupported(cell(.udp, .legacy, .oneshot), Reason(stage: .setup, message: "not here")),
      CellResult(
        cell: cell(.udp, .pbufMmap, .oneshot), status: .failed, reason: Reason(stage: .verify, message: "wrong")),
      unsupported(cell(.tcp, .plain, .multishot), group), result(cell(.tcp, .pbuf, .multishot), 170),
      result(cell(.tcp, .legacy, .multishot), 187),
      result(cell(.tcp, .plain, .oneshot, .armed, connections: 64), 900),
      result(cell(.tcp, .legacy, .multishot, .armed, connections: 64), 990),
      result(cell(.tcp, .pbuf, .multishot, .armed, connections: 64), 800),
      result(cell(.udp, .plain, .oneshot, .armed), 400),
      result(cell(.udp, .pbuf, .multishot, .armed), 500),
    ])
  }

  @Test func theOverviewLooksLikeTheGoldenFile() throws {
    let text = RunOverview(document).text
    #expect(try text == Golden.text("overview.txt", now: text))
  }

  /// Every operation with every mode, more than fits side by side.
  @Test func noLineIsLongerThanATerminal() {
    let cells = Vocabulary.Operation.allCases.flatMap { operation in
      Mode.allCases.flatMap { mode in
        [Transport.tcp, .unixSeqpacket].map { result(cell($0, mode, operation, connections: 3000), 123_456) }
      }
    }
    let lines = RunOverview(Sample.document(cells)).text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
    // The modes of an operation do not all fit beside a long label, and no mode is left out.
    #expect(lines.count { $0.hasSuffix(" kmbuf-refill") } == Vocabulary.Operation.allCases.count)
  }

  @Test func instructionsAreNotCalledNanoseconds() {
    var document = document
    document.host.deterministic = true
    let text = RunOverview(document).text
    #expect(text.contains("the cheapest in instructions") && !text.contains(" ns"))
  }

  @Test func aDocumentCantMoveTheCursor() {
    var document = Sample.everyKind
    document.host.cpuModel = "\u{1b}[2J\u{9b}31m\r\nCPU"
    for details in [false, true] {
      let text = RunReport(document, in: RunFolder(path: "out"), details: details).text
      #expect(
        text.unicodeScalars.allSatisfy {
          $0 == "\n" || !(0...0x1f).contains($0.value) && !(0x7f...0x9f).contains($0.value)
        })
      #expect(details || text.contains(" [2J 31m"))
    }
  }

  @Test func theAnswerIsTheWayWhoseWorstPlaceIsBest() {
    let lines = Answers(document).lines
    #expect(lines[0].hasPrefix("armed: plain oneshot, within 3 % of the cheapest in 1 of 2, at most 12 % dearer"))
    #expect(lines[1].hasPrefix("drain, oneshot: plain, within 3 % of the cheapest in 2 of 2; legacy +70 %"))
  }

  /// The answer is a way to use a ring, however cheap it is to do without one.
  @Test func noRingIsHeldAgainstTheAnswer() {
    let lines = Answers(
      Sample.document([
        result(cell(.tcp, .syscall, .oneshot), 400), result(cell(.tcp, .plain, .oneshot), 500),
        result(cell(.tcp, .pbuf, .oneshot), 600), result(cell(.file, .syscall, .oneshot), 450),
        result(cell(.file, .plain, .oneshot), 400), result(cell(.file, .pbuf, .oneshot), 480),
      ])
    ).lines
    #expect(
      lines == [
        "drain, oneshot: plain, within 3 % of the cheapest ring in 2 of 2; "
          + "without a ring (syscall) -20 to +12 %; pbuf +20 %."
      ])
  }

  /// A median over two trials is no evidence.
  @Test func whatHasNoIntervalIsMarked() {
    func short(_ mode: Mode, _ ns: Double) -> CellResult {
      let trials = Sample.trials([ns, ns + 1])
      return CellResult(
        cell: cell(.tcp, mode, .oneshot), status: .ok, trials: trials, summary: TrialSummary.of(trials))
    }
    let text = RunOverview(Sample.document([short(.plain, 500), short(.pbuf, 600)])).text
    #expect(text.contains(" ~20%") && text.contains("; ~ no interval"))
    #expect(!RunOverview(document).text.contains("~"))
  }

  @Test func detailsAreTheTable() {
    let folder = RunFolder(path: "out")
    #expect(RunReport(document, in: folder).text.contains("(--details prints every cell)"))
    let details = RunReport(document, in: folder, details: true).text
    #expect(details.hasPrefix("transport ") && !details.contains("--details"))
  }
}
