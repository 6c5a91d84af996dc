import Base
import Documents
import Histogram
import Vocabulary

/// The medians of a run as gauges of OpenMetrics 1.0.
struct OpenMetricsFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  /// The unit is the last part of a name, and time is in seconds.
  private static let families: [(Metric, name: String, unit: String?, parts: Double, help: String)] = [
    (.nsPerOperation, "ringbench_operation_seconds", "seconds", 1e9, "Time of a message."),
    (.cpuNsPerOperation, "ringbench_operation_cpu_seconds", "seconds", 1e9, "CPU time of a message."),
    (.instructionsPerOperation, "ringbench_operation_instructions", "instructions", 1, "Instructions of a message."),
    (.operationsPerSecond, "ringbench_messages_per_second", nil, 1, "Messages in a second."),
    (.latencyP50, "ringbench_latency_p50_seconds", "seconds", 1e9, "Median latency."),
    (.latencyP99, "ringbench_latency_p99_seconds", "seconds", 1e9, "The 99th percentile of latency."),
  ]

  /// Where the clock counts instructions, its figures are no seconds.
  private var families: [(Metric, name: String, unit: String?, parts: Double, help: String)] {
    guard document.host.countsInstructions else { return Self.families }
    return Self.families.compactMap { family in
      guard family.unit == "seconds" else { return family }
      // The elapsed time is null there, and its name is that of the instructions.
      guard family.0 != .nsPerOperation else { return nil }
      let name = family.name.replacing("_seconds", with: "_instructions")
      return (family.0, name, "instructions", 1, "\(family.help.dropLast()), in instructions.")
    }
  }

  var text: String {
    families.map { family in
      let samples = document.cells.compactMap { result in
        result.median(family.0).map { "\(family.name)\(labels(result.cell)) \($0 / family.parts)\n" }
      }
      guard !samples.isEmpty else { return "" }
      let unit = family.unit.map { "# UNIT \(family.name) \($0)\n" } ?? ""
      return "# TYPE \(family.name) gauge\n\(unit)# HELP \(family.name) \(family.help)\n" + samples.joined()
    }.joined() + latencies + "# EOF\n"
  }

  /// The merged latencies of each cell as a histogram.
  private var latencies: String {
    let counted = document.host.countsInstructions
    let name = counted ? "ringbench_latency_instructions" : "ringbench_latency_seconds"
    let parts = counted ? 1 : 1e9
    let samples = document.cells.compactMap { result -> String? in
      guard let histogram = result.latencies else { return nil }
      var (counts, lines) = (Array(repeating: UInt64(0), count: Self.bounds.count), [String]())
      for bucket in histogram.recordedValues() {
        if let place = Self.bounds.firstIndex(where: { bucket.value <= $0 }) { counts[place] += bucket.count }
      }
      var below: UInt64 = 0
      for (bound, count) in zip(Self.bounds, counts) {
        below += count
        lines.append("\(name)_bucket\(labels(result.cell, le: "\(Double(bound) / parts)")) \(below)\n")
      }
      let total = Double(histogram.totalCount)
      lines.append("\(name)_bucket\(labels(result.cell, le: "+Inf")) \(histogram.totalCount)\n")
      lines.append("\(name)_sum\(labels(result.cell)) \(histogram.mean * total / parts)\n")
      lines.append("\(name)_count\(labels(result.cell)) \(histogram.totalCount)\n")
      return lines.joined()
    }
    guard !samples.isEmpty else { return "" }
    let unit = counted ? "instructions" : "seconds"
    return "# TYPE \(name) histogram\n# UNIT \(name) \(unit)\n# HELP \(name) Latency over all trials that count.\n"
      + samples.joined()
  }

  /// Upper bounds of the buckets in nanoseconds: 1, 2 and 5 from a microsecond to ten seconds.
  private static let bounds: [UInt64] = {
    var (bounds, power): ([UInt64], UInt64) = ([], 1000)
    while power < 10_000_000_000 {
      bounds += [power, 2 * power, 5 * power]
      power *= 10
    }
    return bounds + [power]
  }()

  private func labels(_ cell: Cell, le bound: String? = nil) -> String {
    let labels = [
      ("cell", cell.id), ("transport", cell.transport.rawValue), ("mode", cell.mode.rawValue),
      ("operation", cell.operation.rawValue), ("pattern", cell.pattern.rawValue),
      ("kernel", document.host.kernelRelease),
    ]
    return "{"
      + (labels + (bound.map { [("le", $0)] } ?? [])).map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
      + "}"
  }

  private static func escaped(_ text: String) -> String {
    FormatText.line(text).escapingScalars { $0 == "\\" || $0 == "\"" }
  }
}
