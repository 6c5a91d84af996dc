import Base
import Documents
import FoundationEssentials
import Vocabulary

/// HdrHistogram's log, version 1.3: a line for each trial with latencies, with the cell as its tag.
///
/// A document does not say when a trial began. Trials follow each other by their order, each as long as its timed part.
struct HlogFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  func text() throws(RingbenchError) -> String {
    let trials = document.cells.flatMap { result in result.trials.map { (tag: Self.tag(result.cell.id), trial: $0) } }
      .sorted { $0.trial.order < $1.trial.order }
    var lines: [String] = []
    var start = 0.0
    for (tag, trial) in trials {
      let length = (trial[.elapsedNs] ?? 0) / 1e9
      defer { start += length }
      guard let latency = trial.measurements?.latency else { continue }
      let encoded = Data(EncodedHistogram(latency).compressed).base64EncodedString()
      let numbers = [start, length, Double(latency.max) / 1e6].map { Decimals.text($0, 3) }.joined(separator: ",")
      lines.append("Tag=\(tag),\(numbers),\(encoded)\n")
    }
    guard !lines.isEmpty else {
      throw RingbenchError.badInput("hlog: no cell has latencies: a run with pattern pingpong or paced is needed")
    }
    let seconds = (try? Date(document.started, strategy: .iso8601))?.timeIntervalSince1970 ?? 0
    return """
      #[Logged with ringbench \(document.tool.version)]
      #[Histogram log format version 1.3]
      #[StartTime: \(Decimals.text(seconds, 3)) (seconds since epoch), \(FormatText.line(document.started))]
      "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
      \(lines.joined())
      """
  }

  /// A tag has no comma and no blank.
  private static func tag(_ id: String) -> String { FormatText.key(id) }
}
