public import Uring
public import Vocabulary

/// One `IORING_OP_PROVIDE_BUFFERS` for each run of buffers with consecutive ids: the request names the first id and a
/// count.
@usableFromInline
package struct HandBackRuns: HandBack {
  @usableFromInline package static var mode: Mode { .kmbufRuns }

  @usableFromInline let group: BufferGroup
  /// The buffers that no request names yet.
  @usableFromInline var first: UInt16 = 0
  @usableFromInline var count: Int32 = 0

  @usableFromInline
  package init(_ group: BufferGroup, entries: Int, shared: UnsafeMutableRawPointer) { self.group = group }

  @inlinable
  @inline(__always)
  package mutating func add(_ id: UInt16, _ ring: inout Ring) {
    if Int32(id) != Int32(first) &+ count { publish(&ring) }
    if count == 0 { first = id }
    count &+= 1
  }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) {
    guard count > 0 else { return }
    group.handBack(first, count: count, &ring)
    count = 0
  }
}
