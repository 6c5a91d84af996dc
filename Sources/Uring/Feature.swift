/// A feature of io_uring, and the kernel's own answer whether it offers it.
package struct Feature: Hashable, Sendable {
  /// How the kernel was asked.
  package enum Kind: String, CaseIterable, Sendable {
    /// A flag of `io_uring_setup(2)`: a ring was created with it.
    case setup
    /// A bit that `io_uring_setup(2)` returned.
    case feature
    /// A request, looked up with `IORING_REGISTER_PROBE`.
    case opcode
    /// A call of `io_uring_register(2)`: the call was made.
    case register
    /// A mapping of the ring's descriptor: the mapping was made.
    case mmap
  }

  package let kind: Kind
  /// The kernel's name for it, without the prefix of its kind.
  package let name: String
  /// The first Linux with it, such as `6.1`; nil when no released kernel has it.
  package let since: String?
  package let isSupported: Bool
  /// The positive errno with which the kernel refused. It is nil where the kernel did not refuse, where it only left a
  /// bit unset, and where there was nothing to ask about.
  package let errno: Int32?

  /// From the result of a call that returns 0 or a negated errno.
  init(_ kind: Kind, _ name: String, since: String?, result: Int32) {
    self.kind = kind
    self.name = name
    self.since = since
    isSupported = result >= 0
    errno = result < 0 ? -result : nil
  }

  /// From a bit.
  init(_ kind: Kind, _ name: String, since: String?, isSet: Bool) {
    self.kind = kind
    self.name = name
    self.since = since
    isSupported = isSet
    errno = nil
  }
}
