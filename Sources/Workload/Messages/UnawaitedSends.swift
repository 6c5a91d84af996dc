import Base
import Glibc
import Vocabulary

/// Connections like those of the cell on which nobody waits: what a message costs its sender without a wake-up.
struct UnawaitedSends: ~Copyable {
  private let links: Links
  private var queue: MessageQueue
  private let shape: WorkloadShape

  init(_ cell: Cell, _ shape: WorkloadShape) throws(Reason) {
    var hot = cell
    (hot.connections, hot[.hot]) = (cell.hotConnections, nil)
    links = try hot.openLinks(directory: nil)
    queue = MessageQueue(shape, isSocket: cell.workload == .socket)
    self.shape = shape
  }

  /// Sends a batch and throws it away.
  ///
  /// - Returns: the nanoseconds that sending took.
  mutating func measure() throws(Reason) -> UInt64 {
    let before = queue.nextSequences
    let elapsed = try queue.send(shape.batch, over: links, whole: false)
    for (index, (old, new)) in zip(before, queue.nextSequences).enumerated() {
      try discard(Int(new - old), links[index].workerReceive)
    }
    return elapsed
  }

  /// Reads messages that have arrived.
  private func discard(_ messages: Int, _ descriptor: Int32) throws(Reason) {
    var left = messages * shape.messageSize
    let room = shape.keepsBoundaries ? shape.messageSize : max(left, 1)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 8)
    defer { buffer.deallocate() }
    while left > 0 {
      let count = read(descriptor, buffer.baseAddress, min(left, room))
      guard count > 0 || errno == EINTR else {
        throw Reason(.setup, SystemError(call: "read", errno: count < 0 ? errno : EPIPE))
      }
      left -= max(0, count)
    }
  }
}
