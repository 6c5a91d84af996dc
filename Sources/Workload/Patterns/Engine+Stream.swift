import CMarkers
import CUring
import Instruments
import Uring

extension Engine where Provider: ~Copyable {
  /// Receives until the sender's last message, while the sender runs.
  ///
  /// - Parameters:
  ///   - peer: the sender, waiting to be released.
  ///   - lead: nanoseconds after which the sender starts.
  ///   - observer: told after each reaped batch which messages have arrived.
  /// - Returns: the nanoseconds from the start of the sender to the last message; 0 when the engine has failed.
  @inline(never)
  mutating func timedStream<O: ArrivalObserver & ~Copyable>(
    _ peer: borrowing SenderControl, after lead: UInt64, _ observer: inout O
  ) -> UInt64 {
    let start = Clock.now() &+ lead
    cmarkers_begin()
    peer.release(at: start)
    var messages: UInt64 = 0
    var missing = Int.max
    if !Receive.isMultishot { prepareEveryReceive() }
    repeat {
      if Receive.isMultishot { arm() }
      guard wait(1) else { return 0 }
      let now = O.needsTime ? Clock.now() : 0
      guard reap(HeaderCheck.self, rearms: true, missing: &missing) else { return 0 }
      messages = observer.observe(connections, shape.hot, start: start, now: now)
      peer.publish(received: messages)
    } while messages != peer.total
    cmarkers_end()
    return Clock.now() &- start
  }
}

/// Follows the messages that arrive in `stream` and `paced`.
protocol ArrivalObserver: ~Copyable {
  /// Whether to read the clock for each reaped batch.
  static var needsTime: Bool { get }

  /// Called after each reaped batch.
  ///
  /// - Parameters:
  ///   - start: when the sender was released.
  ///   - now: when the worker learnt of the batch, in nanoseconds of `Clock`; 0 unless `needsTime`.
  /// - Returns: the number of messages received whole since the sender was released.
  mutating func observe(
    _ connections: UnsafeMutablePointer<Connection>, _ count: Int, start: UInt64, now: UInt64
  ) -> UInt64
}

/// Only counts.
struct ArrivalCounter: ArrivalObserver {
  static var needsTime: Bool { false }

  /// Messages that had arrived on all connections before the sender was released.
  let before: UInt64

  @inline(__always)
  mutating func observe(
    _ connections: UnsafeMutablePointer<Connection>, _ count: Int, start: UInt64, now: UInt64
  ) -> UInt64 {
    var total: UInt64 = 0
    for index in 0..<count { total &+= connections[index].sequence }
    return total &- before
  }
}
