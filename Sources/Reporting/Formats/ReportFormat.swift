package import Base
package import Documents

/// The formats of a run: `ringbench report --format`.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// For the terminal.
  case text
  /// The page.
  case html
  /// A row for each trial.
  case csv
  /// For a comment on a pull request.
  case markdown
  /// For benchstat: a line for each trial.
  case benchstat
  /// For the GitHub action that keeps benchmarks over commits; smaller is better.
  case githubActionBenchmark = "github-action-benchmark"
  /// Bencher's metric format.
  case bmf
  /// For CI.
  case junit
  /// For Prometheus and what reads its format.
  case openmetrics
  /// The kernel's test protocol.
  case ktap
  /// For LKP: a key and a number on each line.
  case lkp

  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The whole output, with a newline at its end.
  ///
  /// - Parameter details: text with every cell in a table.
  /// - Throws: `badInput` when a number can't be written, which happens only with made-up numbers.
  package func output(
    _ document: ResultsDocument, in folder: RunFolder, details: Bool = false
  ) throws(RingbenchError) -> String {
    switch self {
    case .text: RunReport(document, in: folder, details: details).text
    case .html: RunPage(document, explanation: try folder.explanation()).text
    case .csv: document.csv
    case .markdown: MarkdownFormat(document).text
    case .benchstat: BenchstatFormat(document).text
    case .githubActionBenchmark: try GitHubActionFormat(document).text()
    case .bmf: try BMFFormat(document).text()
    case .junit: JUnitFormat(document).text
    case .openmetrics: OpenMetricsFormat(document).text
    case .ktap: KTAPFormat(document).text
    case .lkp: LKPFormat(document).text
    }
  }
}

/// `ringbench report`, from the path to the document.
package enum ReportRequest {
  /// - Throws: `badInput` naming the file.
  package static func read(_ path: String) throws(RingbenchError) -> (ResultsDocument, RunFolder) {
    let document = try ResultsDocument.read(path)
    return (document, RunFolder(path: path.hasSuffix(".json") ? Paths.parent(of: path) : path))
  }
}
