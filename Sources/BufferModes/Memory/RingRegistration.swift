import Base
import CUring
import Glibc
import HostFacts
import Uring
import Vocabulary

/// `IORING_REGISTER_PBUF_RING` and its counterpart, with every field of the newer kernels.
enum RingRegistration {
  /// Registers a buffer ring for the shape's group.
  ///
  /// - Parameters:
  ///   - configure: sets `ring_addr` or `buf_size`, and the flags.
  ///   - missing: what to say when the kernel does not know the flags.
  static func register(
    _ ring: borrowing Ring, _ shape: BufferShape, missing: String, configure: (inout curing_buf_reg) -> Void
  ) throws(Reason) {
    var registration = curing_buf_reg()
    registration.ring_entries = UInt32(shape.count)
    registration.bgid = shape.group
    configure(&registration)
    let result = curing_register_buf_ring(ring.handle, &registration)
    guard result == 0 else {
      throw Reason(
        .register, SystemError(call: "io_uring_register(PBUF_RING)", errno: -result), advice(-result, missing))
    }
  }

  static func unregister(_ ring: borrowing Ring, group: UInt16) throws(Reason) {
    let result = curing_unregister_buf_ring(ring.handle, group)
    guard result == 0 else {
      throw Reason(.register, SystemError(call: "io_uring_register(UNREGISTER_PBUF_RING)", errno: -result))
    }
  }

  /// Maps what the kernel allocated for a group: the ring, or the buffers of a kernel-managed ring.
  static func map(_ ring: borrowing Ring, group: UInt16, byteCount: Int) throws(Reason) -> MappedMemory {
    let offset = CURING_OFF_PBUF_RING | UInt64(group) << UInt64(CURING_OFF_PBUF_SHIFT)
    let mapped = mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring.fileDescriptor, off_t(offset))
    guard let mapped, mapped != MAP_FAILED else {
      throw Reason(.mmap, SystemError(call: "mmap(ring, OFF_PBUF_RING)", errno: Glibc.errno))
    }
    return MappedMemory(adopting: mapped, byteCount: byteCount)
  }

  private static func advice(_ errno: Int32, _ missing: String) -> String {
    switch errno {
    case EINVAL: missing
    case ENOMEM: "raise the locked-memory limit (ulimit -l), or use fewer or smaller buffers"
    default: ""
    }
  }
}
