public import Uring
public import Vocabulary

/// One `IORING_OP_PROVIDE_BUFFERS` for each run of buffers with consecutive ids: the request names the first id and a
/// count.
@usableFromInline
package struct HandBackRuns: RequestHandBack {
  @usableFromInline package static var legacyMode: Mode { .legacyRuns }
  @usableFromInline package static var kernelManagedMode: Mode { .kmbufRuns }

  /// The buffers that no request names yet.
  @usableFromInline var first: UInt16 = 0
  @usableFromInline var count: Int32 = 0

  @usableFromInline
  package init(entries: Int, shared: UnsafeMutableRawPointer) {}

  @inlinable
  @inline(__always)
  package mutating func add(_ id: UInt16, of group: BufferGroup, _ ring: inout Ring) {
    if Int32(id) != Int32(first) &+ count { publish(of: group, &ring) }
    if count == 0 { first = id }
    count &+= 1
  }

  @inlinable
  @inline(__always)
  package mutating func publish(of group: BufferGroup, _ ring: inout Ring) {
    guard count > 0 else { return }
    group.handBack(first, count: count, &ring)
    count = 0
  }
}
