public import Uring
public import Vocabulary

/// How an application tells the kernel that it is done with buffers of a group.
///
/// Each conforming type is one way. The series that was posted for kernel-managed rings names none, so a type also says
/// what to register for it with such a ring.
@usableFromInline
package protocol HandBack {
  /// The mode that hands kernel-managed buffers back this way.
  static var kernelManagedMode: Mode { get }
  /// Setup flags of the registration besides those of every kernel-managed ring.
  static var flags: UInt16 { get }
  /// What to say when the kernel does not know the flags.
  static var missing: String { get }
  /// Bytes that the kernel maps behind the buffers of such a ring.
  static func sharedByteCount(entries: Int) -> Int

  /// - Parameter shared: where these bytes begin.
  init(entries: Int, shared: UnsafeMutableRawPointer)

  /// Notes that a buffer goes back.
  mutating func add(_ id: UInt16, of group: BufferGroup, _ ring: inout Ring)

  /// Tells the kernel about the buffers that it does not know of yet: at once, or with the next submission.
  mutating func publish(of group: BufferGroup, _ ring: inout Ring)
}

extension HandBack {
  @usableFromInline package static var flags: UInt16 { 0 }
  @usableFromInline package static var missing: String { "kernel-managed buffer rings are not offered by this kernel" }
  @usableFromInline package static func sharedByteCount(entries: Int) -> Int { 0 }
}

/// A way that takes nothing but `IORING_OP_PROVIDE_BUFFERS`. Legacy buffers can go back like this, too.
@usableFromInline
package protocol RequestHandBack: HandBack {
  /// The mode that hands legacy buffers back this way.
  static var legacyMode: Mode { get }
}
