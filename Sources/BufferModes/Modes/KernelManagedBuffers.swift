import CUring
public import HostFacts
public import Uring
public import Vocabulary

/// A kernel-managed ring: the kernel allocates ring and buffers, and the application maps the buffers.
///
/// The interface is that of the series posted to the io-uring list in March 2026 (`IOU_PBUF_RING_KERNEL_MANAGED`). The
/// series names no way for an application to hand a buffer back; `Method` is one.
///
/// The pages come from the node of the CPU that registers, whatever memory policy is in force.
package typealias KernelManagedBuffers<Method: HandBack> = HandedBackBuffers<KernelManagedGroup<Method>>

@usableFromInline
package enum KernelManagedGroup<Method: HandBack>: GroupSource {
  @usableFromInline package static var mode: Mode { Method.kernelManagedMode }
  @usableFromInline package static var isKernelManaged: Bool { true }

  @usableFromInline package static func provide(
    _ ring: inout Ring, _ shape: BufferShape, _ times: inout SetupTimes
  ) throws(Reason) -> MappedMemory {
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
    return try timed(&times.mmap) { () throws(Reason) in
      try RingRegistration.map(ring, group: shape.group, byteCount: mapped)
    }
  }

  @usableFromInline package static func remove(
    _ ring: inout Ring, group: UInt16, count: Int, _ times: inout SetupTimes
  ) throws(Reason) {
    try timed(&times.unregister) { () throws(Reason) in
      try RingRegistration.unregister(ring, group: group)
    }
  }
}
