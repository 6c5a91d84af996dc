/// What a cell varies in. The raw value is the name of the command-line option and the key in a suite.
package enum CellAxis: String, CaseIterable, Hashable, Sendable {
  case transport, mode, operation, pattern, buffers, batch, connections, rate
  case messageSize = "message-size"
  case bufferSize = "buffer-size"

  /// The option as it is typed.
  package var option: String { "--\(rawValue)" }
}
