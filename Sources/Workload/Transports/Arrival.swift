import CTransport
import Glibc

/// How to tell that messages lie in a transport's receive queue. This happens before the clock starts; nothing sleeps.
enum Arrival {
  /// Sending puts the message into the queue: Unix sockets and pipes. Files have no queue.
  case bySending
  /// `FIONREAD` counts the bytes: TCP.
  case bytes
  /// The socket accounts for the memory of every datagram: UDP, whose `FIONREAD` sees only the first.
  ///
  /// `each` is what the kernel charges for one message of this cell.
  case memory(each: Int)

  /// Seconds after which messages that have not arrived count as lost.
  private static let limit = 2

  /// Waits until `count` messages of `size` bytes can be received.
  ///
  /// - Returns: how many of them arrived in time.
  func wait(_ descriptor: Int32, count: Int, size: Int) -> Int {
    var deadline = timespec()
    clock_gettime(CLOCK_MONOTONIC, &deadline)
    deadline.tv_sec += Self.limit
    while true {
      let arrived = min(count, arrived(descriptor, count, size))
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      if arrived == count || (now.tv_sec, now.tv_nsec) > (deadline.tv_sec, deadline.tv_nsec) { return arrived }
      if case .bytes = self { Self.acknowledge(descriptor) }
      sched_yield()
    }
  }

  /// Sends an acknowledgement that TCP delays, up to 40 ms: its sender may wait for it before it sends more. An even
  /// value does it once, an odd one from now on (`tcp(7)`, `TCP_QUICKACK`).
  private static func acknowledge(_ descriptor: Int32) {
    SocketBuffers.set(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK, 2)
  }

  private func arrived(_ descriptor: Int32, _ count: Int, _ size: Int) -> Int {
    switch self {
    case .bySending: count
    case .bytes: Int(ctransport_readable_bytes(descriptor)) / size
    case .memory(let each): Int(ctransport_receive_memory(descriptor)) / each
    }
  }
}
