/// The workload executable that drives a transport: `ringbench-socket`, `ringbench-pipe` or `ringbench-file`.
package enum WorkloadKind: String, Codable, CaseIterable, Sendable {
  case socket
  case pipe
  case file

  /// The file name of the executable.
  package var executableName: String { "ringbench-\(rawValue)" }
}
