/// When messages are sent relative to the receives, and so what is timed.
package enum Pattern: String, Codable, CaseIterable, Sendable {
  /// A batch is queued first and only the draining is timed: the cost of an operation, free of the sender.
  case drain
  /// Sender and receiver run at once: throughput.
  case stream
  /// One message there and back: closed-loop latency.
  case pingpong
  /// Open loop at a fixed rate, latency from the intended send time.
  case paced
}
