import Glibc
import Vocabulary

/// Socket options that every socket transport sets.
enum SocketBuffers {
  /// What the kernel charges for a queued message besides its bytes, rounded up generously.
  private static let overhead = 2048

  /// What a connection has besides, so that a few messages cut in pieces fit.
  private static let slack = 16 << 10

  /// Bytes of socket buffer for the messages that a round queues on one connection.
  static func size(for cell: Cell) -> Int {
    cell.messagesPerConnection * (cell.messageSize * 2 + overhead) + slack
  }

  /// Makes room for `bytes` bytes, beyond the system's limit where the process may.
  ///
  /// Queuing the messages shows whether it was enough.
  static func enlarge(_ descriptor: Int32, to bytes: Int, receive: Bool) {
    let value = Int32(clamping: bytes)
    let (force, ordinary) = receive ? (SO_RCVBUFFORCE, SO_RCVBUF) : (SO_SNDBUFFORCE, SO_SNDBUF)
    if !set(descriptor, SOL_SOCKET, force, value) { _ = set(descriptor, SOL_SOCKET, ordinary, value) }
  }

  @discardableResult
  static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) -> Bool {
    var value = value
    return setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
  }
}
