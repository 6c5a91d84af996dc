/// Which program's timed loop measures a cell.
package enum Implementation: String, Codable, WordAxis {
  package static var axis: String { "implementation" }

  /// The Swift workload executables.
  case swift
  /// The C and liburing loop that the harness's own overhead is measured against, `ringbench-reference`.
  case reference
  /// The same loop as tight as an expert would write it: the ring and the connection are registered, so that a call and a
  /// receive look up no descriptor.
  case tight
}
