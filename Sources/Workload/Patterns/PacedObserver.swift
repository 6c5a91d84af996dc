import Instruments

/// Records the time from when each message was meant to be sent to when the worker learnt of it.
///
/// Counting from the intended time avoids coordinated omission: the distribution keeps the delay that a late sender or
/// receiver causes to later messages.
struct PacedObserver: ArrivalObserver, ~Copyable {
  static var needsTime: Bool { true }

  var recorder = LatencyRecorder()
  private var counter: ArrivalCounter
  /// Per connection, the first message sent at the rate, and the next one to arrive.
  private let first: [UInt64]
  private var next: [UInt64]
  private let rate: Int

  init(_ counter: ArrivalCounter, first: [UInt64], rate: Int) {
    self.counter = counter
    self.first = first
    next = first
    self.rate = rate
  }

  mutating func observe(
    _ connections: UnsafeMutablePointer<Connection>, _ count: Int, start: UInt64, now: UInt64
  ) -> UInt64 {
    for connection in 0..<count {
      while next[connection] < connections[connection].sequence {
        let index = (next[connection] - first[connection]) * UInt64(count) + UInt64(connection)
        let intended = start + Sender.intended(index, rate: rate)
        recorder.record(now > intended ? now - intended : 0)
        next[connection] += 1
      }
    }
    return counter.observe(connections, count, start: start, now: now)
  }
}
