/// When messages are sent relative to the receives, and so what is timed.
package enum Pattern: String, Codable, WordAxis {
  package static var axis: String { "pattern" }

  /// A batch is queued first and only the draining is timed: the cost of an operation, without the sender.
  case drain
  /// Receives wait in the kernel, a batch is sent, and then receiving it is timed, until the next receives wait: the cost
  /// of a server that asks first, without the sender.
  case armed
  /// Sender and receiver run at once: throughput.
  case stream
  /// One message there and back: closed-loop latency.
  case pingpong
  /// Open loop at a fixed rate, latency from the intended send time.
  case paced

  /// Whether the worker itself queues each round's messages before the clock starts. There is no other sender then.
  package var queuesFirst: Bool { self == .drain || self == .armed }

  /// Whether each connection has a receive that waits before its data comes.
  package var waits: Bool { self != .drain }

  /// Whether a sender and a receiver have to run at the same time, on two CPUs.
  package var needsTwoCPUs: Bool { self == .stream || self == .paced }

  /// Whether a round is one message there and back, and not a batch.
  package var isRoundTrip: Bool { self == .pingpong }
}
