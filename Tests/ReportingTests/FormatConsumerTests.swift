import Base
import Documents
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// Each format read by its rules, with text in it that tries to break out.
@Suite struct FormatConsumerTests {
  private static let hostile = "a,b|c <d> \"e\" 'f' & # {g}: 1\r\nok 9 h\n# EOF\nBenchmarkX 1 1 ns/op\u{2028}\u{1b}[2J"

  private var run: StoredRun {
    let cells = [Mode.plain, .pbuf].map { mode -> CellResult in
      let trials = Sample.trials(Sample.around(mode == .plain ? 500 : 600))
      return CellResult(
        cell: Sample.cell(.tcp, mode, .oneshot), status: .ok, trials: trials, summary: TrialSummary.of(trials))
    }
    let reason = Reason(stage: .verify, message: Self.hostile)
    let others = [
      CellResult(cell: Sample.cell(.udp, .kmbuf), status: .unsupported, reason: reason),
      CellResult(cell: Sample.cell(.udp, .pbuf), status: .failed, reason: reason),
    ]
    var document = Sample.document(cells + others)
    document.host.kernelRelease = Self.hostile
    document.host.cpuModel = Self.hostile
    document.host.kernelCommandLine = Self.hostile
    document.suite = Self.hostile
    document.label = Self.hostile
    return StoredRun(document, in: RunFolder(path: "out"))
  }

  private func expect(
    _ format: ReportFormat, _ script: String, _ right: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let text = try format.output(run)
    let program = try await Program.run(
      "/usr/bin/python3", ["-c", "import csv, io, json, re, sys\ntext = sys.stdin.buffer.read().decode()\n" + script],
      input: text)
    #expect(program.output == right + "\n", "\(program.error)", sourceLocation: location)
  }

  /// RFC 4180: every row has the fields of the head, and a strict reader takes it.
  @Test func csv() async throws {
    let trials = try #require(run.document.cells.first).trials.count
    try await expect(
      .csv,
      "rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))\nprint(len(rows), len({len(r) for r in rows}))",
      "\(1 + 2 * trials + 2) 1")
  }

  /// `interface BenchmarkResult` of the action's `src/benchmark.ts`.
  @Test func githubActionBenchmark() async throws {
    try await expect(
      .githubActionBenchmark,
      """
      import jsonschema
      fields = {"name": {"type": "string"}, "unit": {"type": "string"}, "value": {"type": "number"},
                "range": {"type": "string", "pattern": "^± [0-9.]+$"}, "extra": {"type": "string"}}
      jsonschema.validate(json.loads(text), {"type": "array", "items": {"type": "object", "properties": fields,
                          "required": ["name", "unit", "value"], "additionalProperties": False}})
      print([e["name"].split("/")[1] for e in json.loads(text)])
      """, "['plain', 'pbuf']")
  }

  /// Bencher Metric Format: benchmarks, measures of at most 64 characters, a value and its bounds.
  @Test func bmf() async throws {
    try await expect(
      .bmf,
      """
      import jsonschema
      metric = {"type": "object", "required": ["value"], "additionalProperties": False, "properties": {
                k: {"type": "number"} for k in ("value", "lower_value", "upper_value")}}
      measures = {"type": "object", "propertyNames": {"maxLength": 64}, "additionalProperties": metric}
      jsonschema.validate(json.loads(text), {"type": "object", "additionalProperties": measures})
      print(len(json.loads(text)), all(m["ns_per_operation"]["lower_value"] <= m["ns_per_operation"]["value"]
                                       for m in json.loads(text).values()))
      """, "2 True")
  }

  /// The kernel's `ktap.rst`: version, plan, numbered results, directives behind ` # `, diagnostics with `# `.
  @Test func ktap() async throws {
    try await expect(
      .ktap,
      #"""
      lines = text.split("\n")
      assert lines[0] == "KTAP version 1" and lines[-1] == ""
      plan = re.fullmatch(r"1\.\.(\d+)", lines[1])
      results = []
      for line in lines[2:-1]:
          result = re.fullmatch(r"(ok|not ok) (\d+) ([^#]+?)( # SKIP [^#]*)?", line)
          assert result or re.fullmatch(r"# [^#]*", line), line
          if result: results.append((result[1], int(result[2]), bool(result[4])))
      print(int(plan[1]), results)
      """#, "4 [('ok', 1, False), ('ok', 2, False), ('ok', 3, True), ('not ok', 4, False)]")
  }

  /// golang/proposal 14313: settings, unit lines, and results of a name, a count, and pairs of a number and a unit.
  @Test func benchstat() async throws {
    let counted = try #require(run.document.cells.first).trials.count
    try await expect(
      .benchstat,
      #"""
      kinds = {"setting": 0, "unit": 0, "result": 0}
      for line in text.split("\n")[:-1]:
          assert line == line.rstrip("\r") and "\u2028" not in line, line
          if re.fullmatch(r"Unit \S+( \S+=\S+)+", line): kinds["unit"] += 1
          elif re.fullmatch(r"Benchmark[A-Z]\S* [1-9]\d*( [0-9.e+-]+ \S+)+", line): kinds["result"] += 1
          else:
              assert re.fullmatch(r"[a-z][a-z-]*: .*", line), line
              kinds["setting"] += 1
      print(kinds)
      """#, "{'setting': 4, 'unit': 4, 'result': \(2 * counted)}")
  }

  /// intel/lkp-tests: a key and a number on each line, each key once.
  @Test func lkp() async throws {
    try await expect(
      .lkp,
      #"""
      rows = [re.fullmatch(r"([^\s:]+): (-?[0-9.]+(?:e[+-]?\d+)?)", line) for line in text.split("\n")[:-1]]
      print(all(rows), len(rows) == len({row[1] for row in rows}) > 10)
      """#, "True True")
  }

  /// GitHub Flavored Markdown: all rows of the table have its seven fields.
  @Test func markdown() async throws {
    try await expect(
      .markdown,
      #"""
      rows = [line for line in text.split("\n") if line.startswith("|")]
      print(len(rows), {len(re.findall(r"(?<!\\)\|", row)) for row in rows}, "<d>" in text.replace("\\<", ""))
      """#, "6 {8} False")
  }

  @Test(arguments: [ReportFormat.text, .markdown, .benchstat, .junit, .openmetrics, .ktap, .lkp, .html])
  func noControlCharacterIsLeft(format: ReportFormat) throws {
    let text = try format.output(run)
    #expect(
      !text.unicodeScalars.contains {
        $0 != "\n" && ((0...0x1f).contains($0.value) || (0x7f...0x9f).contains($0.value))
      })
    #expect(!text.contains("\nBenchmarkX") && !text.contains("\nok 9"))
  }
}
