public import Uring
public import Vocabulary

/// A provided-buffer ring in application memory.
package typealias PbufBuffers = RingBuffers<ApplicationRing>

@usableFromInline
package enum ApplicationRing: RingSource {
  @usableFromInline package static var mode: Mode { .pbuf }

  @usableFromInline package static func makeRing(_ ring: borrowing Ring, _ shape: BufferShape) throws(Reason)
    -> MappedRing
  {
    try .inApplicationMemory(ring, shape, missing: "buffer rings are not offered by this kernel (Linux 5.19)")
  }
}
