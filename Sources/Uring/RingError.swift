/// A system call of io_uring that said no.
package struct RingError: Error, Hashable, Sendable {
  /// The call, such as `io_uring_setup`.
  package var call: String
  /// The positive errno.
  package var errno: Int32

  package init(call: String, errno: Int32) {
    self.call = call
    self.errno = errno
  }
}
