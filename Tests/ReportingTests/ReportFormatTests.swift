import Documents
import FoundationEssentials
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// The formats of a run.
@Suite struct ReportFormatTests {
  private static let hostile = "a|b <c> \"d\" 'e' & # {f}\n\u{1}ok 9 g"

  private func result(_ cell: Cell, _ ns: Double) -> CellResult {
    let trials = Sample.trials([-3, -2, -1, 0, 1, 2, 3].map { ns + $0 })
    return CellResult(cell: cell, status: .ok, trials: trials, summary: TrialSummary.of(trials))
  }

  private var document: ResultsDocument {
    var document = Sample.document([
      result(Sample.cell(.tcp, .plain, .oneshot), 500), result(Sample.cell(.tcp, .pbuf, .oneshot), 600),
      CellResult(
        cell: Sample.cell(.tcp, .kmbuf, .oneshot), status: .unsupported,
        reason: Reason(stage: .register, errno: "EINVAL", message: Self.hostile)),
      CellResult(
        cell: Sample.cell(.udp, .pbuf, .oneshot), status: .failed, reason: Reason(stage: .verify, message: Self.hostile)
      ),
    ])
    document.host.cpuModel = Self.hostile
    return document
  }

  @Test(arguments: [
    ReportFormat.markdown, .benchstat, .githubActionBenchmark, .bmf, .junit, .openmetrics, .ktap, .lkp,
  ])
  func looksLikeTheGoldenFile(format: ReportFormat) throws {
    let text = try format.output(document, in: RunFolder(path: "out"))
    #expect(try text == Golden.text("report.\(format.rawValue)", now: text))
    #expect(!text.contains("\u{1}"))
  }

  @Test func aHostileReasonAddsNoTest() throws {
    let lines = KTAPFormat(document).text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("ok ") } == 3 && lines.count { $0.hasPrefix("not ok ") } == 1)
    #expect(lines[1] == "1..4")
  }

  @Test func openMetricsHasNothingButWhatItMay() {
    let lines = OpenMetricsFormat(document).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.suffix(2) == ["# EOF", ""])
    let comments = lines.filter { $0.hasPrefix("#") }.dropLast()
    #expect(comments.allSatisfy { $0.hasPrefix("# TYPE ") || $0.hasPrefix("# UNIT ") || $0.hasPrefix("# HELP ") })
  }

  /// A sign with a combining mark, or a return with a newline, is one character and none of those that are escaped.
  @Test func marksHideNoSign() throws {
    var document = document
    document.host.kernelRelease = "a\"\u{301}\r\nb\\\u{301}c"
    #expect(OpenMetricsFormat(document).text.contains("kernel=\"a\\\"\u{301}  b\\\\\u{301}c\"}"))
    document.host.kernelRelease = "a\"\u{301},b"
    #expect(document.csv.contains("\"a\"\"\u{301},b\""))
    document.host.cpuModel = "|\u{301} [a](b) *c* &lt;"
    #expect(MarkdownFormat(document).text.contains("\\|\u{301} [a]\\(b) \\*c\\* \\&lt;"))
  }

  @Test func anIntervalHasTwoEnds() throws {
    let text = Data(#"{"median": 1, "ci95": [1], "trials": 2}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(MetricSummary.self, from: text) }
  }

  @Test func countedInstructionsAreNoTime() throws {
    var document = document
    document.host.deterministic = true
    for index in document.cells.indices {
      var trials = document.cells[index].trials
      for trial in trials.indices {
        trials[trial].outcome.measurements?[.nsPerOperation] = nil
        trials[trial].outcome.measurements?[.instructionsPerOperation] = 1938
      }
      document.cells[index].trials = trials
      document.cells[index].summary = ["instructions_per_operation": MetricSummary(median: 1938, ci95: nil, trials: 7)]
    }
    let text = BenchstatFormat(document).text
    #expect(text.contains("Unit instructions/op better=lower assume=exact\n"))
    #expect(text.contains(" 1938 instructions/op") && !text.contains(" ns/op"))
    #expect(try GitHubActionFormat(document).text().contains("\"instructions/op\""))
    #expect(!OpenMetricsFormat(document).text.contains("_seconds"))
  }
}
