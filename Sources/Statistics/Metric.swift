package import Documents
package import Vocabulary

/// A number of a trial that is summarised over the trials of a cell, and compared between cells.
package struct Metric: Sendable {
  /// The JSON key in a trial, and the key in the summary; those of a latency begin with `latency_ns_`.
  package var name: String
  /// Whether more is better, as with throughput.
  package var isLargerBetter = false
  /// Nil where the trial has no such number.
  package var value: @Sendable (Measurements) -> Double?

  package static let nsPerOperation = Metric(name: "ns_per_operation") { $0.nsPerOperation }
  package static let operationsPerSecond = Metric(name: "operations_per_second", isLargerBetter: true) {
    $0.operationsPerSecond
  }
  package static let instructionsPerOperation = Metric(name: "instructions_per_operation") {
    $0.instructionsPerOperation
  }
  package static let latencyP50 = Metric(name: "latency_ns_p50") { $0.latency.map { Double($0.p50) } }
  package static let latencyP99 = Metric(name: "latency_ns_p99") { $0.latency.map { Double($0.p99) } }

  /// Everything that a summary holds but the latency percentiles, which come from merged counts.
  package static let all = [
    nsPerOperation,
    operationsPerSecond,
    Metric(name: "bytes_per_second", isLargerBetter: true) { $0.bytesPerSecond },
    Metric(name: "cpu_user_ns_per_operation") { $0.cpuUserNsPerOperation },
    Metric(name: "cpu_system_ns_per_operation") { $0.cpuSystemNsPerOperation },
    Metric(name: "enters_per_operation") { $0.entersPerOperation },
    Metric(name: "sqes_per_operation") { $0.sqesPerOperation },
    Metric(name: "cqes_per_operation") { $0.cqesPerOperation },
    Metric(name: "out_of_buffers") { Double($0.outOfBuffers) },
    instructionsPerOperation,
  ]
}

// MARK: Comparing

extension Metric {
  /// Everything that is compared. Of a latency, the percentiles of each trial are the sample.
  package static let compared = all + [latencyP50, latencyP99]

  /// What decides about a cell: the cost of an operation for `drain`, throughput for `stream`, latency for the others;
  /// in deterministic runs instructions.
  package static func ranking(_ pattern: Pattern, isExact: Bool) -> [Metric] {
    if isExact { return [instructionsPerOperation] }
    return switch pattern {
    case .drain: [nsPerOperation]
    case .stream: [operationsPerSecond]
    case .pingpong, .paced: [latencyP50, latencyP99]
    }
  }

  /// The machine's speed, by what the code under test has no part in: an empty system call, a chain of arithmetic.
  static let controls = ["syscall_ns", "compute_ns"]

  /// What a comparison reads of a run.
  package static let columns = SampleColumns(compared.map(\.name) + controls)

  /// Where the values of a compared metric are among the columns.
  static func column(_ name: String) -> Int { columns.names.firstIndex(of: name) ?? 0 }
}
