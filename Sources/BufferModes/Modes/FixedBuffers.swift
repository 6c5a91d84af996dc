import Base
public import CUring
import Glibc
public import Uring
package import Vocabulary

/// Registered buffers: each read names one by address, and its pages were pinned when it was registered.
///
/// All buffers lie in one registered region, which the kernel limits to 1 GiB (`io_uring_register(2)`).
@usableFromInline
package struct FixedBuffers: ~Copyable, BufferProvider {
  package static var mode: Mode { .fixed }

  @usableFromInline var plain: PlainBuffers
  package var setupTimes: SetupTimes

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    let plain = try PlainBuffers(&ring, shape)
    setupTimes = try Self.register(plain.bufferRegions[0], with: ring)
    self.plain = plain
  }

  private static func register(
    _ region: UnsafeMutableRawBufferPointer, with ring: borrowing Ring
  ) throws(Reason) -> SetupTimes {
    var times = SetupTimes()
    var vector = iovec(iov_base: region.baseAddress, iov_len: region.count)
    let handle = ring.handle
    let result = timed(&times.register) { io_uring_register_buffers(handle, &vector, 1) }
    guard result == 0 else {
      let advice =
        result == -ENOMEM ? "raise the locked-memory limit (ulimit -l) to \(region.count >> 10) KiB or more" : ""
      throw Reason(.register, SystemError(call: "io_uring_register(BUFFERS)", errno: -result), advice)
    }
    return times
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    entry.pointee.opcode = UInt8(truncatingIfNeeded: IORING_OP_READ_FIXED.rawValue)
    curing_sqe_set_buf_index(entry, 0)
    return plain.supply(entry, connection: connection, length: length)
  }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer { plain.bytes(completion) }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
    plain.release(completion, received: received, &ring)
  }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) {}

  package var recycled: Int { 0 }
  package var bufferRegions: [UnsafeMutableRawBufferPointer] { plain.bufferRegions }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) {
    let handle = ring.handle
    let result = timed(&setupTimes.unregister) { io_uring_unregister_buffers(handle) }
    guard result == 0 else {
      throw Reason(.register, SystemError(call: "io_uring_register(UNREGISTER_BUFFERS)", errno: -result))
    }
  }
}
