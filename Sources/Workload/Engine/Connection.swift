/// The receiving side of one connection: where it reads, and which byte of which message comes next.
struct Connection {
  /// The descriptor that the worker receives from, or its index where descriptors are registered.
  let descriptor: Int32
  let messageSize: Int
  /// Whether a receive returns exactly one message.
  let keepsBoundaries: Bool
  /// The message that the next byte belongs to.
  var sequence: UInt64 = 0
  /// Bytes of that message received so far.
  var position = 0
  /// The message before which the current round stops, where each connection has its own share.
  var goal: UInt64 = 0
}
