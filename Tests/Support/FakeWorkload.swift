package import Base
import Documents
import FoundationEssentials

/// A folder of shell scripts in place of the workload executables, for faults that real ones don't have.
package struct FakeWorkload: Sendable {
  package enum Behaviour: Sendable {
    case crash, garbage, silence, hang, unavailable
    /// Answers `ok` after some seconds.
    case slow(seconds: Double)
    /// Answers `failed` and exits with 3.
    case failed
    /// Answers that the machine was disturbed.
    case stolen
  }

  package let folder: TemporaryFolder

  package init(_ behaviour: Behaviour) throws {
    folder = try TemporaryFolder()
    for kind in ["socket", "pipe", "file"] {
      try folder.write(Self.script(behaviour), to: "ringbench-\(kind)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file("ringbench-\(kind)"))
    }
  }

  package var environment: [String: String] { ["RINGBENCH_LIBEXEC": folder.path] }

  private static func script(_ behaviour: Behaviour) -> String {
    let ok = "\"status\":\"ok\",\"reason\":null"
    let failed = "\"status\":\"failed\",\"reason\":{\"stage\":\"verify\",\"errno\":null,\"message\":\"wrong byte\"}"
    let body =
      switch behaviour {
      case .crash: "echo 'about to crash' >&2; kill -SEGV $$"
      case .garbage: "echo 'no JSON'; echo 'last words' >&2"
      case .silence: "exit 4"
      case .hang: "echo 'waiting' >&2; sleep 600"
      case .unavailable: ""
      case .slow(let seconds): "sleep \(seconds); " + reply(ok, measurements(steal: 0))
      case .failed: reply(failed, "null") + "; exit 3"
      case .stolen: reply(ok, measurements(steal: 0.5))
      }
    let available = if case .unavailable = behaviour { "echo 'io_uring_disabled is 2' >&2; exit 77" } else { "exit 0" }
    let probe = if case .unavailable = behaviour { available } else { ":" }
    return """
      #!/bin/sh
      [ "$1" = --probe-availability ] && { \(available); }
      [ "$1" = --probe ] && { \(probe); }
      while [ $# -gt 1 ]; do
        case "$1" in
          --transport) transport=$2;; --mode) mode=$2;; --operation) operation=$2;; --pattern) pattern=$2;;
        esac
        shift 2
      done
      \(body)
      """
  }

  private static func measurements(steal: Double) -> String {
    let line = try? ResultsJSON.line(Sample.measurements(steal: steal))
    return line.map { String(decoding: $0.dropLast(), as: UTF8.self) } ?? "null"
  }

  private static func reply(_ outcome: String, _ measurements: String) -> String {
    let words = ["transport", "mode", "operation", "pattern"].map { "\"\($0)\":\"'$\($0)'\"" }.joined(separator: ",")
    let numbers = "\"message_size\":64,\"buffer_size\":4096,\"buffers\":256,\"batch\":64,\"connections\":1"
    let rest = "\"rate\":null,\"cpu_node\":0,\"memory_node\":0,\"implementation\":\"swift\""
    let cell = "{\(words),\(numbers),\(rest)}"
    let placement = "{\"buffers\":{},\"ring\":{}}"
    return "echo '{\"schema\":\"ringbench.trial/1\",\"cell\":\(cell),\(outcome),\"placement\":\(placement),"
      + "\"measurements\":\(measurements)}'"
  }
}
