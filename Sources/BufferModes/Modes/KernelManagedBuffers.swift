import CUring
import Documents
public import HostFacts
public import Uring
package import Vocabulary

/// A kernel-managed ring: the kernel allocates ring and buffers, and the application maps the buffers.
///
/// The interface is that of the series posted to the io-uring list in March 2026 (`IOU_PBUF_RING_KERNEL_MANAGED`). The
/// series names no way for an application to hand a buffer back; `Method` is one.
///
/// The pages come from the node of the CPU that registers, whatever memory policy is in force.
@usableFromInline
package struct KernelManagedBuffers<Method: HandBack>: ~Copyable, BufferProvider {
  package static var mode: Mode { Method.mode }

  @usableFromInline let memory: MappedMemory
  @usableFromInline let group: BufferGroup
  @usableFromInline var method: Method
  @usableFromInline package var recycled = 0
  /// Bytes of all buffers. The memory mapped behind them belongs to the method.
  private let byteCount: Int
  package var setupTimes: SetupTimes

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    var times = SetupTimes()
    guard shape.size % MappedMemory.pageSize == 0 else {
      throw Reason(
        stage: .setup,
        message: "kernel-managed buffers are whole pages: \(shape.size) is not a multiple of \(MappedMemory.pageSize)")
    }
    try timed(&times.register) { () throws(Reason) in
      try RingRegistration.register(ring, shape, missing: Method.missing) {
        $0.buf_size = UInt32(shape.size)
        $0.flags = UInt16(CURING_PBUF_RING_MMAP | CURING_PBUF_RING_KERNEL_MANAGED) | Method.flags
      }
    }
    let mapped = shape.byteCount + Method.sharedByteCount(entries: shape.count)
    memory = try timed(&times.mmap) { () throws(Reason) in
      try RingRegistration.map(ring, group: shape.group, byteCount: mapped)
    }
    byteCount = shape.byteCount
    group = BufferGroup(base: memory.base, shape: shape)
    method = Method(group, entries: shape.count, shared: memory.base + byteCount)
    setupTimes = times
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, length: UInt32) -> UInt32 { group.select(entry, length: length) }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer {
    UnsafeRawPointer(group.start(completion.bufferID))
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
    guard completion.hasBuffer else { return }
    release(completion.bufferID, received: received, keeps: false, &ring)
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring) {
    method.add(id, &ring)
    recycled &+= 1
  }

  @inlinable
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer { group.whole(id) }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) { method.publish(&ring) }

  package var bufferRegion: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: memory.base, count: byteCount)
  }

  package var ringRegion: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory.region[byteCount...])
  }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) {
    let id = group.id
    try timed(&setupTimes.unregister) { () throws(Reason) in
      try RingRegistration.unregister(ring, group: id)
    }
  }
}
