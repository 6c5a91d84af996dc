import Base
import CTransport
import Glibc
import Vocabulary

/// An epoll instance with the connections of a worker (`epoll(7)`).
///
/// Each connection is added once, edge-triggered: the kernel names it when data arrives, and not again for the same data.
struct EventPoll: ~Copyable {
  private var descriptor: Int32
  private let events: UnsafeMutablePointer<epoll_event>
  /// The most connections that one call names.
  private let capacity: Int32

  /// The connections named by the last call that have not been served.
  private(set) var next = 0
  private(set) var end = 0

  /// - Parameters:
  ///   - connections: the descriptors; a connection is known by its place among them.
  ///   - capacity: the most connections that one call names.
  init(_ connections: [Int32], capacity: Int) throws(Reason) {
    let descriptor = try checked("epoll_create1", "", epoll_create1(Int32(EPOLL_CLOEXEC)))
    for (index, connection) in connections.enumerated() {
      var event = epoll_event()
      event.events = EPOLLIN.rawValue | EPOLLET.rawValue
      event.data.u64 = UInt64(index)
      guard epoll_ctl(descriptor, EPOLL_CTL_ADD, connection, &event) == 0 else {
        let error = SystemError(call: "epoll_ctl(EPOLL_CTL_ADD)", errno: errno)
        Glibc.close(descriptor)
        throw Reason(.register, error)
      }
    }
    self.descriptor = descriptor
    self.capacity = Int32(clamping: capacity)
    events = .allocate(capacity: capacity)
    events.initialize(repeating: epoll_event(), count: capacity)
  }

  deinit {
    events.deallocate()
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Takes all connections out.
  mutating func close() {
    Glibc.close(descriptor)
    descriptor = -1
  }

  /// Waits until a connection has data.
  ///
  /// - Returns: how many have, or -1 with errno.
  @inline(__always)
  mutating func wait() -> Int32 {
    let count = epoll_wait(descriptor, events, capacity, -1)
    (next, end) = (0, max(0, Int(count)))
    return count
  }

  /// Whether no connection is left of those that the last call named.
  @inline(__always)
  var isServed: Bool { next == end }

  /// The connection to serve next.
  @inline(__always)
  var connection: Int { Int(truncatingIfNeeded: events[next].data.u64) }

  /// Goes on to the connection after that.
  @inline(__always)
  mutating func advance() { next &+= 1 }

  /// Forgets the connections that were not served. Nothing must be waiting on them.
  mutating func forget() { (next, end) = (0, 0) }
}
