import Base
import Documents
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// Several runs in one report.
@Suite struct SeriesTests {
  private func run(_ kernel: String, _ costs: [Mode: Double], label: String? = nil, folder: String = "a") -> StoredRun {
    let cells = Mode.allCases.compactMap { mode in
      costs[mode].map { cost -> CellResult in
        let trials = Sample.trials(Sample.around(cost))
        return CellResult(
          cell: Sample.cell(.tcp, mode, .oneshot), status: .ok, trials: trials, summary: TrialSummary.of(trials))
      }
    }
    var document = Sample.document(cells)
    document.host.kernelRelease = kernel
    document.label = label
    return StoredRun(document, in: RunFolder(path: folder))
  }

  private var series: RunSeries {
    get throws {
      try RunSeries([
        run("6.1", [.plain: 500, .legacy: 800]), run("6.12", [.plain: 502, .legacy: 700, .pbuf: 560]),
        run("7.3 <b>|", [.plain: 600, .legacy: 640, .pbuf: 561]),
      ])
    }
  }

  @Test func aRowIsACellAndAColumnARun() throws {
    let rows = SeriesRows(series: try series)
    #expect(rows.titles == ["cell", "6.1", "6.12", "7.3 <b>|", "change %"])
    #expect(
      rows.rows == [
        ["tcp plain oneshot drain", "500", "502", "600", "+20"],
        ["tcp legacy oneshot drain", "800", "700", "640", "-20"],
        ["tcp pbuf oneshot drain", "-", "560", "561", ""],
      ])
    #expect(
      try series.answer
        == "From 6.1 to 7.3 <b>| 1 of 2 cells got dearer and 1 cheaper, the dearest by +20 % (tcp plain oneshot drain) and "
        + "the cheapest by -20 % (tcp legacy oneshot drain).")
  }

  @Test func thePageHasALineForEachMode() async throws {
    let page = try series.output(.html)
    let lines = "[m.get('d').count('L') for m in marks('line')]"
    try await PageReader.expect(page, "tags.count('svg'), \(lines)", "(1, [2, 2, 1])")
    let ticks = "[t.text for t in section('series').iter('text') if t.get('class') == 'tick'][:3]"
    try await PageReader.expect(page, ticks, "['6.1', '6.12', '7.3 <b>|']")
    try await PageReader.expect(page, "[l for l in links if l[0] != '#' or l[1:] not in ids]", "[]")
  }

  /// Without intervals a change is shown as unsure, and no answer is made of it.
  @Test func medianAloneDecideNothing() throws {
    func short(_ kernel: String, _ cost: Double) -> StoredRun {
      var run = run(kernel, [.plain: cost])
      run.document.cells[0].trials = Sample.trials([cost])
      run.document.cells[0].summary = TrialSummary.of(run.document.cells[0].trials)
      return run
    }
    let series = try RunSeries([short("6.1", 500), short("6.12", 2500)])
    #expect(SeriesRows(series: series).rows == [["tcp plain oneshot drain", "500", "2500", "~+400"]])
    #expect(series.answer == "From 6.1 to 6.12 no cell's cost can be told apart.")
  }

  @Test func labelsNameRunsAndFoldersThoseOfOneKernel() throws {
    #expect(try RunSeries([run("6.1", [:], label: "v1"), run("6.1", [:], label: "v2")]).names == ["v1", "v2"])
    #expect(try RunSeries([run("6.1", [:], folder: "x/a"), run("6.1", [:], folder: "x/b/")]).names == ["a", "b"])
    #expect(
      try RunSeries([run("6.1", [:], folder: "x/new"), run("6.1", [:], folder: "y/new")]).names == ["x/new", "y/new"])
    #expect(try RunSeries([run("a", [:], label: "a-b"), run("b", [:], label: "c-b")]).names == ["a-b", "c-b"])
  }

  @Test func whatAllKernelsEndInIsLeftOut() throws {
    let names = try RunSeries([run("6.1.0-50-cloud-amd64", [:]), run("6.12-cloud-amd64", [:])]).names
    #expect(names == ["6.1.0-50", "6.12"])
    #expect(try RunSeries([run("6.1-a", [:]), run("6.1-a-a", [:])]).names == ["6.1", "6.1-a"])
  }

  @Test func textMarkdownAndCSVHoldAllRuns() throws {
    let text = try series.output(.text)
    #expect(text == (try Golden.text("series.txt", now: text)))
    let markdown = try series.output(.markdown)
    #expect(markdown == (try Golden.text("series.md", now: markdown)))
    let rows = try series.output(.csv).split(separator: "\r\n")
    #expect(rows[0] == "run,kernel_release,started,cell,metric,median,ci95_low,ci95_high,trials")
    #expect(rows.contains { $0.hasPrefix("6.12,6.12,2026") && $0.contains(",ns_per_operation,502,") })
    let refused = #expect(throws: RingbenchError.self) { try series.output(.junit) }
    #expect(refused?.message == "--format junit: holds one run, not 3: text, html, markdown or csv is needed")
  }

  @Test func instructionsAreNotHeldAgainstTime() {
    var counted = run("6.1", [.plain: 500])
    counted.document.host.deterministic = true
    #expect(throws: RingbenchError.self) { try RunSeries([run("6.1", [.plain: 500]), counted]) }
  }
}
