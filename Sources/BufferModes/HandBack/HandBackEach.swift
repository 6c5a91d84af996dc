public import Uring
public import Vocabulary

/// One `IORING_OP_PROVIDE_BUFFERS` for each buffer.
@usableFromInline
package struct HandBackEach: RequestHandBack {
  @usableFromInline package static var legacyMode: Mode { .legacy }
  @usableFromInline package static var kernelManagedMode: Mode { .kmbuf }

  @usableFromInline
  package init(entries: Int, shared: UnsafeMutableRawPointer) {}

  @inlinable
  @inline(__always)
  package mutating func add(_ id: UInt16, of group: BufferGroup, _ ring: inout Ring) { group.handBack(id, &ring) }

  @inlinable
  @inline(__always)
  package mutating func publish(of group: BufferGroup, _ ring: inout Ring) {}
}
