package import Results

/// A number of a trial that is summarised over the trials of a cell.
package struct Metric: Sendable {
  /// The JSON key in a trial, and the key in the summary.
  package var name: String
  /// Nil where the trial has no such number.
  package var value: @Sendable (Measurements) -> Double?

  package static let nsPerOperation = Metric(name: "ns_per_operation") { $0.nsPerOperation }

  /// Everything that a summary holds but the latency percentiles, which come from merged counts.
  package static let all = [
    nsPerOperation,
    Metric(name: "operations_per_second") { $0.operationsPerSecond },
    Metric(name: "bytes_per_second") { $0.bytesPerSecond },
    Metric(name: "cpu_user_ns_per_operation") { $0.cpuUserNsPerOperation },
    Metric(name: "cpu_system_ns_per_operation") { $0.cpuSystemNsPerOperation },
    Metric(name: "enters_per_operation") { $0.entersPerOperation },
    Metric(name: "sqes_per_operation") { $0.sqesPerOperation },
    Metric(name: "cqes_per_operation") { $0.cqesPerOperation },
    Metric(name: "out_of_buffers") { Double($0.outOfBuffers) },
    Metric(name: "instructions_per_operation") { $0.instructionsPerOperation },
  ]
}
