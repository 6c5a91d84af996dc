/// Something of io_uring that a kernel offers or does not, as the kernel itself said when it was asked.
package struct Feature: Hashable, Sendable {
  /// How the kernel was asked.
  package enum Kind: String, CaseIterable, Sendable {
    /// A flag of `io_uring_setup(2)`, by creating a ring with it.
    case setup
    /// A bit that `io_uring_setup(2)` returned.
    case feature
    /// A request, by `IORING_REGISTER_PROBE`.
    case opcode
    /// A call of `io_uring_register(2)`, by making it.
    case register
    /// A mapping of the ring's descriptor, by making it.
    case mmap
  }

  package let kind: Kind
  /// The kernel's name for it, without the prefix of its kind.
  package let name: String
  /// The first Linux with it, such as `6.1`; nil when no released kernel has it.
  package let since: String?
  package let isSupported: Bool
  /// The positive errno with which the kernel refused; nil where it did not, where a missing bit was the
  /// answer, and where there was nothing to ask about.
  package let errno: Int32?

  /// What a call that returns 0 or a negated errno said.
  init(_ kind: Kind, _ name: String, since: String?, result: Int32) {
    self.kind = kind
    self.name = name
    self.since = since
    isSupported = result >= 0
    errno = result < 0 ? -result : nil
  }

  /// What a bit said.
  init(_ kind: Kind, _ name: String, since: String?, isSet: Bool) {
    self.kind = kind
    self.name = name
    self.since = since
    isSupported = isSet
    errno = nil
  }
}
