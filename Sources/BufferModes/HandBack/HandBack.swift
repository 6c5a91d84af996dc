public import Uring
public import Vocabulary

/// How an application tells the kernel that it is done with kernel-managed buffers.
///
/// The posted series names no way. Each conforming type is one way, and says what to register for it.
@usableFromInline
package protocol HandBack {
  static var mode: Mode { get }
  /// Setup flags of the registration besides those of every kernel-managed ring.
  static var flags: UInt16 { get }
  /// What to say when the kernel does not know the flags.
  static var missing: String { get }
  /// Bytes that the kernel maps behind the buffers of such a ring.
  static func sharedByteCount(entries: Int) -> Int

  /// - Parameter shared: where these bytes begin.
  init(_ group: BufferGroup, entries: Int, shared: UnsafeMutableRawPointer)

  /// Notes that a buffer goes back.
  mutating func add(_ id: UInt16, _ ring: inout Ring)

  /// Tells the kernel about the buffers that it does not know of yet: at once, or with the next submission.
  mutating func publish(_ ring: inout Ring)
}

extension HandBack {
  @usableFromInline package static var flags: UInt16 { 0 }
  @usableFromInline package static var missing: String { "kernel-managed buffer rings are not offered by this kernel" }
  @usableFromInline package static func sharedByteCount(entries: Int) -> Int { 0 }
}
