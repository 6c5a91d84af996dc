package import Base
package import Documents
import Vocabulary

/// A finished or interrupted run that lies in a folder.
package struct StoredRun: Sendable {
  package var document: ResultsDocument
  package var folder: RunFolder
  /// As text: every cell in a table, not the matrix.
  package var details: Bool

  package init(_ document: ResultsDocument, in folder: RunFolder, details: Bool = false) {
    (self.document, self.folder, self.details) = (document, folder, details)
  }

  /// - Parameter path: the folder, or its `results.json`.
  /// - Throws: `badInput` naming the file.
  package static func read(_ path: String, details: Bool = false) throws(RingbenchError) -> StoredRun {
    let folder = RunFolder(path: path.hasSuffix(".json") ? Paths.parent(of: path) : path)
    return StoredRun(try ResultsDocument.read(path), in: folder, details: details)
  }

  /// - Parameter part: keeps the cells whose identifiers contain it.
  /// - Throws: `badInput` when there are none.
  package func narrowed(to part: String) throws(RingbenchError) -> StoredRun {
    var run = self
    run.document.cells = document.cells.filter { $0.cell.id.contains(part) }
    guard let first = document.cells.first, run.document.cells.isEmpty else { return run }
    throw RingbenchError.badInput("--cell: no cell's identifier contains '\(part)': the first is \(first.cell.id)")
  }
}

/// The formats of a run: `ringbench report --format`.
package enum ReportFormat: String, Reporter {
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
  /// HdrHistogram's percentiles of one cell.
  case hgrm
  /// HdrHistogram's log: a histogram for each trial.
  case hlog
  /// The kernel's test protocol.
  case ktap
  /// For LKP: a key and a number on each line.
  case lkp

  package func output(_ run: StoredRun) throws(RingbenchError) -> String {
    let document = run.document
    return switch self {
    case .text: RunReport(document, in: run.folder, details: run.details).text
    case .html: RunPage(document, explanations: try ExplanationFolder.read(run.folder.path)).text
    case .csv: document.csv
    case .markdown: MarkdownFormat(document).text
    case .benchstat: BenchstatFormat(document).text
    case .githubActionBenchmark: try GitHubActionFormat(document).text()
    case .bmf: try BMFFormat(document).text()
    case .junit: JUnitFormat(document).text
    case .openmetrics: OpenMetricsFormat(document).text
    case .hgrm: try HgrmFormat(document).text()
    case .hlog: try HlogFormat(document).text()
    case .ktap: KTAPFormat(document).text
    case .lkp: LKPFormat(document).text
    }
  }
}
