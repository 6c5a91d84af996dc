public import CUring
public import HostFacts
import Uring

/// The application's side of a provided-buffer ring: entries are written, then published by one store of the tail.
///
/// The indices run freely and wrap at 2^16, as the kernel's do.
@usableFromInline
struct BufferRing: ~Copyable {
  @usableFromInline let memory: MappedMemory
  @usableFromInline let mask: UInt16
  /// Entries written, published or not.
  @usableFromInline var tail: UInt16 = 0
  /// Buffers that came back from the kernel.
  @usableFromInline var head: UInt16 = 0

  /// Takes over registered ring memory, and publishes every buffer of the group.
  init(_ memory: consuming MappedMemory, filledWith group: BufferGroup, count: Int) {
    self.memory = memory
    mask = UInt16(count - 1)
    for id in 0..<count { add(UInt16(id), of: group) }
    publish()
  }

  /// Bytes of a ring with `entries` entries of 16 bytes (`struct io_uring_buf`).
  static func byteCount(entries: Int) -> Int { entries * MemoryLayout<io_uring_buf>.stride }

  @inlinable
  @inline(__always)
  mutating func add(_ id: UInt16, of group: BufferGroup) {
    curing_buf_ring_set_entry(
      memory.base, UInt32(tail & mask), UInt64(UInt(bitPattern: group.start(id))),
      UInt32(truncatingIfNeeded: group.size), id)
    tail = tail &+ 1
  }

  @inlinable
  @inline(__always)
  func publish() { curing_buf_ring_set_tail(memory.base, tail) }

  /// The buffer after the one at the head.
  @inlinable
  func successor() -> UInt16 { curing_buf_ring_bid(memory.base, UInt32((head &+ 1) & mask)) }
}
