/// How a receive is asked for.
package enum Operation: String, Codable, WordAxis {
  package static var axis: String { "operation" }

  /// One submission queue entry per receive.
  case oneshot
  /// One submission queue entry, many completions (`IORING_RECV_MULTISHOT`, `IORING_OP_READ_MULTISHOT`).
  case multishot
  /// A multishot receive whose completions may each span several buffers (`IORING_RECVSEND_BUNDLE`, Linux 6.10).
  case bundle
  /// One `recvmsg` or `readv` over a whole batch of buffers: the batched baseline.
  case vectored
}
