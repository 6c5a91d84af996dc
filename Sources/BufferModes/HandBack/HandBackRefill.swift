public import CUring
public import Uring
public import Vocabulary

/// Hands buffer ids back through memory that kernel and application share. The application fills a ring of ids, like
/// the refill rings of zero-copy receive: one store for a batch, and no request.
///
/// This is an extension (`CURING_PBUF_RING_REFILL`). The kernel reads ids, never addresses or lengths, and takes only
/// ids of buffers that it has handed out. The 32-bit tail runs freely and wraps.
@usableFromInline
package struct HandBackRefill: HandBack {
  @usableFromInline package static var kernelManagedMode: Mode { .kmbufRefill }
  @usableFromInline package static var flags: UInt16 { UInt16(CURING_PBUF_RING_REFILL) }
  @usableFromInline package static var missing: String {
    "kernel-managed buffer rings with a refill page are not offered by this kernel"
  }
  @usableFromInline package static func sharedByteCount(entries: Int) -> Int {
    curing_kmbuf_refill_size(UInt32(entries))
  }

  @usableFromInline let refill: UnsafeMutableRawPointer
  @usableFromInline let mask: UInt32
  /// Ids written, published or not.
  @usableFromInline var tail: UInt32 = 0

  @usableFromInline
  package init(entries: Int, shared: UnsafeMutableRawPointer) {
    refill = shared
    mask = UInt32(entries) - 1
  }

  @inlinable
  @inline(__always)
  package mutating func add(_ id: UInt16, of group: BufferGroup, _ ring: inout Ring) {
    curing_kmbuf_refill_set_bid(refill, tail & mask, id)
    tail = tail &+ 1
  }

  @inlinable
  @inline(__always)
  package mutating func publish(of group: BufferGroup, _ ring: inout Ring) {
    curing_kmbuf_refill_set_tail(refill, tail)
  }
}
