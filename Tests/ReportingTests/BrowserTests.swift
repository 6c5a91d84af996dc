import Base
import Documents
import FoundationEssentials
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// Every kind of page in Chromium, on a phone, a laptop and a wide screen, in light and dark.
@Suite(.serialized) struct BrowserTests {
  private struct Look: Decodable {
    var width: Int
    var charts: Int?
    var texts: Int?
    var keys: Int?
    var facets: Int?
    var dark: Bool?
    var problems: [String]
  }

  private func result(_ cell: Cell, _ ns: Double) -> CellResult {
    var trials = Sample.trials(
      [-3, -2, -1, 0, 1, 2, 3].map { ns + $0 },
      latency: cell.pattern == .pingpong ? Sample.latency(values: [40_000, 90_000], counts: [980, 20]) : nil)
    trials[0].disturbed = "the core ran at 80 % of its speed"
    return CellResult(
      cell: cell, status: .ok, placement: Placement(buffers: ["\(cell.memoryNode)": 256]), trials: trials,
      summary: TrialSummary.of(trials))
  }

  /// Two nodes, three sizes, latencies, all modes, a reason of 10 kB, and what is missing.
  private var document: ResultsDocument {
    var cells: [CellResult] = []
    for (index, mode) in Mode.allCases.enumerated() {
      let cost = 500 + Double(index) * 60
      for size in [64, 1024, 65_536] {
        var cell = Sample.cell(.tcp, mode, .oneshot, .stream)
        cell.messageSize = size
        cells.append(result(cell, cost + Double(size) / 10))
      }
      for node in [0, 1] {
        var cell = Sample.cell(.unixSeqpacket, mode, .multishot)
        cell.memoryNode = node
        cells.append(result(cell, cost * Double(10 + node) / 10))
      }
      cells.append(result(Sample.cell(.pipe, mode, .oneshot, .pingpong), cost))
    }
    let words = "<script>alert(1)</script> \(String(repeating: "x", count: 10_000))"
    cells.append(
      CellResult(
        cell: Sample.cell(.udp, .kmbuf), status: .unsupported,
        reason: Reason(stage: .register, errno: "EINVAL", message: words)))
    var document = Sample.document(cells)
    document.host.kernelCommandLine = words
    return document
  }

  private func pages() throws -> [(name: String, text: String)] {
    let old = StoredRun(document, in: RunFolder(path: "old"))
    var new = StoredRun(document, in: RunFolder(path: "new"))
    new.document.host.kernelRelease = "6.13.0"
    for index in new.document.cells.indices where index.isMultiple(of: 3) {
      new.document.cells[index] = result(new.document.cells[index].cell, 900)
    }
    let folder = try TemporaryFolder()
    let samples = try [old, new].map { run -> RunSamples in
      try folder.write(String(decoding: try ResultsJSON.document(run.document), as: UTF8.self), to: "results.json")
      return try RunSamples.read(folder.path, columns: .compared)
    }
    return [
      ("run", RunPage(document).text), ("comparison", ComparisonPage(RunComparison(samples[0], samples[1])).text),
      (
        "explanation",
        ExplanationPage(
          [Sample.profiles, [Sample.newProfile], [Sample.hostileProfile()]].map { ProfiledExplanation($0) },
          command: ["ringbench", "explain"]
        ).text
      ),
      ("series", try RunSeries([old, new]).output(.html)),
    ]
  }

  @Test(arguments: [false, true])
  func everyPageIsSoundAtEveryWidth(dark: Bool) async throws {
    for (name, page) in try pages() {
      let looks = try await look(at: page, dark: dark)
      #expect(looks.map(\.width) == [390, 1280, 1920], "\(name)")
      for look in looks {
        let problems = Array(Set(look.problems)).sorted()
        #expect(problems.isEmpty, "\(name) at \(look.width): \(problems.prefix(8).joined(separator: "\n"))")
        #expect(look.dark == dark)
        #expect((look.charts ?? 0) > 3 && (look.texts ?? 0) > 50 && (look.keys ?? 0) > 5, "\(name)")
        #expect((look.facets ?? 0) > 5 || ["comparison", "explanation"].contains(name), "\(name)")
      }
    }
  }

  private func look(at page: String, dark: Bool) async throws -> [Look] {
    let folder = try TemporaryFolder()
    // As a string of JavaScript, inside a script element.
    let text = String(decoding: try JSONEncoder().encode(page), as: UTF8.self).replacing("</", with: "<\\/")
    let script = try String(contentsOf: URL(filePath: Places.look), encoding: .utf8)
    try folder.write(
      "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>const page = \(text);\n\(script)</script></body>",
      to: "look.html")
    let program = try await Program.run(
      "/usr/bin/chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000",
        "--user-data-dir=\(folder.file("profile"))",
        "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)", "--dump-dom", "file://\(folder.file("look.html"))",
      ])
    let parts = program.output.split(separator: "<pre id=\"result\">")
    let json = try #require(parts.last?.split(separator: "</pre>").first, "\(program.error)")
    let plain = json.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    return try JSONDecoder().decode([Look].self, from: Data(plain.utf8))
  }
}
