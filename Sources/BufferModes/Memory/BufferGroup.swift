public import CUring
public import Uring

/// What all modes with a buffer group share: buffers of one size, found by id.
@usableFromInline
package struct BufferGroup {
  @usableFromInline let base: UnsafeMutableRawPointer
  @usableFromInline let size: Int
  @usableFromInline let stride: Int
  @usableFromInline let id: UInt16
  /// What requests that hand buffers back name: the first buffer's address and each buffer's length. Both are 0 where
  /// the kernel owns the memory, and then every address comes out as 0.
  @usableFromInline let namedBase: UInt
  @usableFromInline let namedSize: Int

  init(base: UnsafeMutableRawPointer, shape: BufferShape, isKernelManaged: Bool = false) {
    self.base = base
    size = shape.size
    stride = shape.stride
    self.id = shape.group
    namedBase = isKernelManaged ? 0 : UInt(bitPattern: base)
    namedSize = isKernelManaged ? 0 : shape.size
  }

  /// Lets the kernel pick a buffer of the group for this receive.
  @inlinable
  @inline(__always)
  func select(_ entry: Submission, length: UInt32) -> UInt32 {
    entry.pointee.flags |= UInt8(truncatingIfNeeded: CURING_IOSQE_BUFFER_SELECT)
    entry.pointee.addr = 0
    entry.pointee.len = length
    curing_sqe_set_buf_group(entry, id)
    return 0
  }

  @inlinable
  @inline(__always)
  func start(_ buffer: UInt16) -> UnsafeMutableRawPointer { base + Int(buffer) &* stride }

  @inlinable
  @inline(__always)
  func whole(_ buffer: UInt16) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start(buffer), count: size) }

  /// Prepares the request that hands buffers with consecutive ids back (`IORING_OP_PROVIDE_BUFFERS`). It goes out with
  /// the next submission and completes only if it fails.
  @inlinable
  @inline(__always)
  func handBack(_ buffer: UInt16, count: Int32 = 1, _ ring: inout Ring) {
    let entry = ring.nextSubmission()
    let address = UnsafeMutableRawPointer(bitPattern: namedBase &+ UInt(buffer) &* UInt(bitPattern: namedSize))
    io_uring_prep_provide_buffers(
      entry, address, Int32(truncatingIfNeeded: namedSize), count, Int32(id), Int32(buffer))
    entry.pointee.flags |= UInt8(truncatingIfNeeded: CURING_IOSQE_CQE_SKIP_SUCCESS)
    entry.pointee.user_data = handBackTag | UInt64(buffer)
  }
}
