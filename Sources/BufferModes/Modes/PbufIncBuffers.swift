import CUring
public import Uring
package import Vocabulary

/// A provided-buffer ring with incremental consumption: one buffer takes many receives until it is full.
///
/// A buffer goes back only when the kernel says that it no longer fills it, and all its bytes are accounted for. Some
/// kernels omit `IORING_CQE_F_BUF_MORE` while they still own the buffer; adding it again then would hand it out twice.
@usableFromInline
package struct PbufIncBuffers: ~Copyable, BufferProvider {
  package static var mode: Mode { .pbufInc }

  @usableFromInline var mapped: MappedRing
  /// For each buffer, the bytes received into it since it was handed over.
  @usableFromInline let filled: UnsafeMutablePointer<Int>
  /// The bytes after which a buffer is done.
  @usableFromInline let enough: Int

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    mapped = try .inApplicationMemory(
      ring, shape, flags: UInt16(CURING_PBUF_RING_INC),
      missing: shape.minLeft > 1
        ? "incremental buffer rings with min_left are not offered by this kernel (Linux 7.1)"
        : "incremental buffer rings are not offered by this kernel (Linux 6.12)")
    enough = max(1, shape.size - shape.minLeft + 1)
    filled = .allocate(capacity: shape.count)
    filled.initialize(repeating: 0, count: shape.count)
  }

  deinit {
    filled.deallocate()
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    mapped.group.select(entry, length: length)
  }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer {
    let id = completion.bufferID
    return UnsafeRawPointer(mapped.group.start(id) + filled[Int(id)])
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
    guard completion.hasBuffer else { return }
    release(completion.bufferID, received: received, keeps: completion.keepsBuffer, &ring)
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring) {
    let total = filled[Int(id)] &+ received
    guard !keeps, total >= enough else {
      filled[Int(id)] = total
      return
    }
    filled[Int(id)] = 0
    mapped.recycle(id)
  }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) { mapped.publish() }

  @inlinable
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: mapped.group.whole(id)[filled[Int(id)]...])
  }

  @inlinable
  package func successor(of id: UInt16) -> UInt16 { mapped.ring.successor() }

  package var recycled: Int { mapped.recycled }
  package var setupTimes: SetupTimes { mapped.times }
  package var bufferRegions: [UnsafeMutableRawBufferPointer] { [mapped.memory.region] }
  package var ringRegions: [UnsafeMutableRawBufferPointer] { [mapped.ring.memory.region] }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) { try mapped.unregister(ring) }
}
