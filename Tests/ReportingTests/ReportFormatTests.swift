import Base
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
    let text = try format.output(StoredRun(document, in: RunFolder(path: "out")))
    #expect(try text == Golden.text("report.\(format.rawValue)", now: text))
    #expect(!text.contains("\u{1}"))
  }

  /// What each format says of latencies.
  private var latencies: ResultsDocument {
    let latency = Sample.latency(values: [40_000, 60_032, 900_096], counts: [900, 90, 10])
    let cells = [Mode.plain, .pbuf].map { mode -> CellResult in
      let trials = Sample.trials([500, 501, 502], order: mode == .pbuf ? 3 : 0, latency: latency)
      return CellResult(
        cell: Sample.cell(.tcp, mode, .oneshot, .pingpong), status: .ok, trials: trials,
        summary: TrialSummary.of(trials))
    }
    return Sample.document(cells)
  }

  @Test func hgrmHasOneCell() throws {
    let run = StoredRun(latencies, in: RunFolder(path: "out"))
    let text = try ReportFormat.hgrm.output(run.narrowed(to: "/pbuf/"))
    #expect(try text == Golden.text("report.hgrm", now: text))
    let many = #expect(throws: RingbenchError.self) { try ReportFormat.hgrm.output(run) }
    #expect(many?.message.contains("2 cells have latencies and hgrm holds one: choose it by --cell") == true)
    #expect(throws: RingbenchError.self) { try run.narrowed(to: "udp") }
    let none = StoredRun(document, in: RunFolder(path: "out"))
    #expect(throws: RingbenchError.self) { try ReportFormat.hgrm.output(none) }
    #expect(throws: RingbenchError.self) { try ReportFormat.hlog.output(none) }
  }

  /// Decodes every line as HdrHistogram's readers do.
  @Test func hlogCarriesTheCounts() async throws {
    let text = try ReportFormat.hlog.output(StoredRun(latencies, in: RunFolder(path: "out")))
    #expect(try text == Golden.text("report.hlog", now: text))
    let script = """
      import base64, struct, sys, zlib
      def decode(text):
          data = base64.b64decode(text)
          cookie, length = struct.unpack(">II", data[:8])
          assert cookie == 0x1c849314 and length == len(data) - 8
          data = zlib.decompress(data[8:])
          cookie, length, offset, digits, low, high, ratio = struct.unpack(">IIIIQQd", data[:40])
          assert cookie == 0x1c849313 and length == len(data) - 40 and (offset, digits, low, ratio) == (0, 3, 1, 1)
          counts, index, at = {}, 0, 40
          while at < len(data):
              number, shift = 0, 0
              while True:
                  byte = data[at]; at += 1
                  number |= (byte & 127) << shift; shift += 7
                  if byte < 128: break
              number = (number >> 1) ^ -(number & 1)
              if number < 0: index -= number
              else:
                  bucket, sub = (index >> 10) - 1, (index & 1023) + 1024
                  counts[index if bucket < 0 else sub << bucket] = number
                  index += 1
          return counts
      lines = [l.split(",") for l in sys.stdin.read().splitlines() if l.startswith("Tag=")]
      print(len(lines), len({l[0] for l in lines}), [decode(l[4]) for l in lines][5], lines[0][3])
      """
    let program = try await Program.python(["-c", script], input: text)
    #expect(program.output == "6 2 {40000: 900, 60032: 90, 900096: 10} 0.900\n", "\(program.error)")
  }

  @Test func prometheusReadsTheMetrics() async throws {
    let script = """
      import sys
      from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
      families = {f.name: f for f in parse(sys.stdin.read())}
      latency = families["ringbench_latency_seconds"]
      print(latency.type, len(families))
      print([int(s.value) for s in latency.samples if s.labels["mode"] == "pbuf" and s.labels.get("le") in ("5e-05", "0.0001", "+Inf")])
      """
    let text = OpenMetricsFormat(latencies).text
    let program = try await Program.run("/usr/bin/python3", ["-c", script], input: text)
    #expect(program.output == "histogram 6\n[2700, 2970, 3000]\n", "\(program.error)")
    let hostile = try await Program.run("/usr/bin/python3", ["-c", script], input: OpenMetricsFormat(document).text)
    #expect(hostile.error.contains("KeyError: 'ringbench_latency_seconds'"))
  }

  @Test func junitparserReadsTheCases() async throws {
    let script = """
      import sys, junitparser
      suites = junitparser.JUnitXml.fromstring(sys.stdin.buffer.read())
      suite = list(suites)[0]
      print(suite.tests, suite.failures, suite.skipped, [len(c.result) for c in suite])
      """
    let program = try await Program.run("/usr/bin/python3", ["-c", script], input: JUnitFormat(document).text)
    #expect(program.output == "4 1 1 [0, 0, 1, 1]\n", "\(program.error)")
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
    document.cells[0].trials[0].outcome.measurements?[.instructionsPerOperation] = 1940
    #expect(BenchstatFormat(document).text.contains("Unit instructions/op better=lower\n"))
    #expect(text.contains(" 1938 instructions/op") && !text.contains(" ns/op"))
    #expect(try GitHubActionFormat(document).text().contains("\"instructions/op\""))
    #expect(!OpenMetricsFormat(document).text.contains("_seconds"))
  }
}
