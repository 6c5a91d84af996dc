import Base
import Documents
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
    }.joined() + "# EOF\n"
  }

  private func labels(_ cell: Cell) -> String {
    let labels = [
      ("cell", cell.id), ("transport", cell.transport.rawValue), ("mode", cell.mode.rawValue),
      ("operation", cell.operation.rawValue), ("pattern", cell.pattern.rawValue),
      ("kernel", document.host.kernelRelease),
    ]
    return "{" + labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
  }

  private static func escaped(_ text: String) -> String {
    FormatText.line(text).escapingScalars { $0 == "\\" || $0 == "\"" }
  }
}
