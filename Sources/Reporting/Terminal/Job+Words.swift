import Documents
import Vocabulary

extension Job {
  /// `to receive 64-byte messages from 64 unix-seqpacket connections that wait`.
  func words(_ varying: VaryingAxes) -> String {
    let cell = ranking[0].cell
    let size = "\(cell.messageSize)-byte messages"
    let connections = "\(cell.connections) \(cell.transport.rawValue) connection\(cell.connections == 1 ? "" : "s")"
    let what =
      switch cell.pattern {
      case .drain where cell.workload == .file: "to read \(size) of a \(cell.transport.rawValue)"
      case .drain: "to receive \(size) that already lie in \(connections)"
      case .armed: "to receive \(size) from \(connections) that wait"
      case .stream: "to receive a stream of \(size) from \(connections)"
      case .pingpong: "to answer \(size) on \(connections)"
      case .paced: "to receive \(size) at \(cell.rate ?? 0) per second from \(connections)"
      }
    let others = varying.leaving([.messageSize, .connections, .rate]).text(cell)
    return others.isEmpty ? what : "\(what) (\(others))"
  }
}

extension CellResult {
  /// Mode and operation: `pbuf multishot`.
  var name: String { "\(cell.mode.rawValue) \(cell.operation.rawValue)" }
}
