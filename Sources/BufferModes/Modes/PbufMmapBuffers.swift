public import Uring
public import Vocabulary

/// A provided-buffer ring that the kernel allocates and the application maps.
package typealias PbufMmapBuffers = RingBuffers<KernelRing>

@usableFromInline
package enum KernelRing: RingSource {
  @usableFromInline package static var mode: Mode { .pbufMmap }

  @usableFromInline package static func makeRing(_ ring: borrowing Ring, _ shape: BufferShape) throws(Reason)
    -> MappedRing
  {
    try .inKernelMemory(ring, shape, missing: "mapped buffer rings are not offered by this kernel (Linux 6.4)")
  }
}
