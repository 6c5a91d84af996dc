/// Which program's timed loop measures a cell.
package enum Implementation: String, Codable, WordAxis {
  package static var axis: String { "implementation" }

  /// The Swift workload executables.
  case swift
  /// The C and liburing loop that the harness's own overhead is measured against, `ringbench-reference`.
  case reference
}
