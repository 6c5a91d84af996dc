import Base
import Documents
import Histogram
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// The sections of a page that only some runs have.
@Suite struct PageSectionTests {
  private func result(
    _ cell: Cell, _ ns: Double, latency: Latency? = nil, placement: Placement = Placement()
  ) -> CellResult {
    let trials = Sample.trials([-3, -2, -1, 0, 1, 2, 3].map { ns + $0 }, latency: latency)
    return CellResult(
      cell: cell, status: .ok, placement: placement, trials: trials, summary: TrialSummary.of(trials))
  }

  private var latency: Latency {
    Sample.latency(values: [40_000, 60_000, 900_000], counts: [900, 90, 10])
  }

  /// Trials with the same 1000 messages each: 7000 messages support percentiles up to 1 - 10/7000.
  @Test func latencyReachesAsFarAsTheCountDoes() async throws {
    let cell = Sample.cell(.tcp, .pbuf, .oneshot, .pingpong)
    let page = RunPage(Sample.document([result(cell, 500, latency: latency)])).text
    let line = "marks('line')[0].get('d')"
    try await PageReader.expect(page, "len(marks('line')), \(line).count('L')", "(1, 48)")
    let labels = "[t.text for t in section('latency').iter('text') if t.get('class') == 'tick']"
    try await PageReader.expect(page, labels, "['50 %', '90', '99', 'percentile']")
    let numbers = "[d.text for d in section('latency').iter('td')]"
    try await PageReader.expect(page, numbers, "['40.0', '40.0', '60.0', '900.0', '900.0', '7000']")
    #expect(page.contains("us, logarithmic"))
  }

  @Test func noLatencyNoSection() async throws {
    let page = RunPage(Sample.document([result(Sample.cell(.tcp, .pbuf), 500)])).text
    try await PageReader.expect(page, "section('latency'), section('sweeps'), section('nodes')", "(None, None, None)")
  }

  @Test func throughputStandsOverMessageSize() async throws {
    let cells = [Mode.plain, .pbuf].flatMap { mode in
      [64, 1024, 65_536].map { size -> CellResult in
        var cell = Sample.cell(.tcp, mode, .oneshot, .stream)
        cell.messageSize = size
        return result(cell, Double(size))
      }
    }
    let page = RunPage(Sample.document(cells)).text
    let ticks = "[t.text for t in section('sweeps').iter('text') if t.get('class') == 'tick']"
    try await PageReader.expect(page, ticks, "['64', '1k', '64k', 'message size']")
    try await PageReader.expect(
      page, "[t.text for t in section('sweeps').iter('h3')]", "['tcp, oneshot, stream: throughput over message size']")
    // 64e9 / 1024 bytes a second.
    #expect(page.contains("<td>62.5</td>"))
    try await PageReader.expect(
      page, "len(marks('line')), [m.get('d').count('L') for m in marks('line')]", "(2, [2, 2])")
  }

  /// Sweeps that differ in another axis have different names.
  @Test func sweepsNameWhatElseVaries() async throws {
    let cells = [1, 16].flatMap { connections in
      [64, 1024, 65_536].map { size -> CellResult in
        var cell = Sample.cell(.tcp, .pbuf, .multishot)
        (cell.messageSize, cell.connections) = (size, connections)
        return result(cell, Double(size))
      }
    }
    let page = RunPage(Sample.document(cells)).text
    let titles = "[t.text.split(',')[0] for t in section('sweeps').iter('h3')]"
    try await PageReader.expect(page, titles, "['tcp x1', 'tcp x16']")
  }

  /// The reference loop has rows of its own.
  @Test func otherProgramsAreNamed() async throws {
    let cells = [Implementation.swift, .reference, .tight].map {
      result(Sample.cell(.tcp, .pbuf, .multishot, implementation: $0), 500)
    }
    let page = RunPage(Sample.document(cells)).text
    let rows = "[t.text for t in section('cells').iter('text') if t.get('class') == 'mode']"
    try await PageReader.expect(page, rows, "['pbuf', 'pbuf reference', 'pbuf tight']")
  }

  @Test func latencyStandsOverTheRate() async throws {
    let cells = [1000, 10_000, 100_000].map { rate -> CellResult in
      var cell = Sample.cell(.tcp, .pbuf, .multishot, .paced)
      cell.rate = rate
      return result(cell, 600, latency: latency)
    }
    let page = RunPage(Sample.document(cells)).text
    let titles = "[t.text.split(': ')[1] for t in section('sweeps').iter('h3')]"
    try await PageReader.expect(page, titles, "['median latency over rate', 'p99 of latency over rate']")
  }

  /// Four placements, one of them not where it was asked for.
  @Test func nodesAreAHeatMapWithThePlacementFound() async throws {
    let cells = [0, 1].flatMap { cpu in
      [0, 1].map { memory -> CellResult in
        var cell = Sample.cell(.tcp, .pbuf, .oneshot)
        (cell.cpuNode, cell.memoryNode) = (cpu, memory)
        let found = cpu == 1 && memory == 0 ? ["0": 200, "1": 56] : ["\(memory)": 256]
        return result(cell, cpu == memory ? 600 : 720, placement: Placement(buffers: found))
      }
    }
    let page = RunPage(Sample.document(cells)).text
    let cellsOf = "[''.join(d.itertext()) for d in section('nodes').iter('td')]"
    try await PageReader.expect(
      page, cellsOf, "['600on 0', '+20%on 1', '+20%! on 0 (200), 1 (56)', '600on 1']")
    #expect(page.contains("Memory of another node: +20 %"))
    #expect(page.contains("<caption>tcp, oneshot, drain</caption>"))
  }

  @Test func setUpAndMemoryStandByMode() async throws {
    let page = RunPage(Sample.document([result(Sample.cell(.tcp, .pbuf), 500)])).text
    let row = "[d.text for d in section('setup').iter('td')]"
    try await PageReader.expect(page, row, "['1.5', '9000.0', '1024', '4']")
  }

  @Test func whatWasStoppedBeforeItBeganIsSaid() async throws {
    let cells = [
      CellResult(cell: Sample.cell(.tcp, .pbuf), status: .ok),
      CellResult(cell: Sample.cell(.udp, .pbuf), status: .failed),
    ]
    let page = RunPage(Sample.document(cells)).text
    let why = "[t.text for t in section('missing').iter('th') if t.get('scope')]"
    try await PageReader.expect(
      page, why, "['missing: no trial was measured: the run was stopped', 'failed: no reason was written down']")
  }

  /// Each box has a rule, and each class in a rule is one that elements have.
  @Test func boxesHideWhatTheyName() async throws {
    let page = RunPage(
      Sample.document([result(Sample.cell(.tcp, .pbuf), 500), result(Sample.cell(.udp, .pbuf, .oneshot), 600)])
    ).text
    let boxes = "[e.get('id') for e in page.iter('input')]"
    let right = "['f-transport-tcp', 'f-transport-udp', 'f-operation-multishot', 'f-operation-oneshot']"
    try await PageReader.expect(page, boxes, right)
    let rules =
      "all('#' + i + ':not(:checked)) .' + i + ' {' in ''.join(page.find('head').itertext()) for i in \(boxes))"
    let used = "all(any(i in (e.get('class') or '').split() for e in page.iter()) for i in \(boxes))"
    try await PageReader.expect(page, "\(rules), \(used)", "(True, True)")
  }

  @Test func trialsFarOutDoNotSquashTheOthers() async throws {
    var slow = Sample.trials([600, 601, 602, 603, 604, 605, 9000])
    slow[6].disturbed = "the core ran at 50 % of its speed"
    let cell = CellResult(
      cell: Sample.cell(.tcp, .pbuf), status: .ok, trials: slow, summary: TrialSummary.of(slow))
    let page = RunPage(Sample.document([cell])).text
    let labels =
      "[t.text for t in section('cells').iter('text') if not t.get('class') or t.get('class') == 'tick'][-2:]"
    try await PageReader.expect(page, labels, "['700', 'ns']")
    try await PageReader.expect(page, "[t.text for t in section('cells').iter('title')][1:]", "['1 beyond the axis']")
  }

  @Test func anExplanationBesideTheRunIsShown() async throws {
    let folder = try TemporaryFolder()
    let side = #""constant": 0, "rounds": 8, "rounds_explained": 8, "functions": []"#
    let text = """
      {"schema": "ringbench.explanation/1", "tool": {"name": "ringbench", "version": "0.1.0"}, "differences": [
        {"name": "tcp_recvmsg", "old": 200, "new": 384.5, "delta": 184.5},
        {"name": "io_recv<b>", "old": 100, "new": null, "delta": -100}],
       "sides": [{"kernel_release": "6.1", "cell": "a", "instructions_per_operation": 300, \(side)},
                 {"kernel_release": "6.12", "cell": "b", "instructions_per_operation": 384.5, \(side)}]}
      """
    try folder.write(text, to: "explanation.json")
    let run = RunFolder(path: folder.path)
    try run.writePage(Sample.document([result(Sample.cell(.tcp, .pbuf), 500)]))
    let page = String(decoding: try folder.read("report.html"), as: UTF8.self)
    let rows = "[''.join(d.itertext()) for d in section('explanation').iter('tr')]"
    try await PageReader.expect(
      page, rows,
      "['functionoldnewdeltainclusive oldinclusive new', 'tcp_recvmsg200.0384.5+184.5--', 'io_recv<b>100.0--100.0--', "
        + "'in all300.0384.5+84.50']")
    try folder.write("{}", to: "explanation.json")
    #expect(throws: RingbenchError.self) { try run.writePage(Sample.document([])) }
  }
}
