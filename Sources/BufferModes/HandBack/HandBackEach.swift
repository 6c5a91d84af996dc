public import Uring
public import Vocabulary

/// One `IORING_OP_PROVIDE_BUFFERS` for each buffer, as for legacy buffers.
@usableFromInline
package struct HandBackEach: HandBack {
  @usableFromInline package static var mode: Mode { .kmbuf }

  @usableFromInline let group: BufferGroup

  @usableFromInline
  package init(_ group: BufferGroup, entries: Int, shared: UnsafeMutableRawPointer) { self.group = group }

  @inlinable
  @inline(__always)
  package mutating func add(_ id: UInt16, _ ring: inout Ring) { group.handBack(id, &ring) }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) {}
}
