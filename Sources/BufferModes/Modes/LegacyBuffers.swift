import Base
import CUring
public import HostFacts
public import Uring
public import Vocabulary

/// Legacy provided buffers: the kernel keeps a list of addresses, and buffers go back by requests.
package typealias LegacyBuffers<Method: RequestHandBack> = HandedBackBuffers<LegacyGroup<Method>>

@usableFromInline
package enum LegacyGroup<Method: RequestHandBack>: GroupSource {
  @usableFromInline package static var mode: Mode { Method.legacyMode }
  @usableFromInline package static var isKernelManaged: Bool { false }

  /// Hands all buffers over in one request.
  @usableFromInline package static func provide(
    _ ring: inout Ring, _ shape: BufferShape, _ times: inout SetupTimes
  ) throws(Reason) -> MappedMemory {
    let memory = try shape.mapBuffers()
    let base = memory.base
    let (size, count, group) = (Int32(shape.size), Int32(shape.count), Int32(shape.group))
    let result = timed(&times.provide) {
      ring.complete { io_uring_prep_provide_buffers($0, base, size, count, group, 0) }
    }
    guard result >= 0 else {
      throw Reason(.provide, SystemError(call: "IORING_OP_PROVIDE_BUFFERS", errno: -result))
    }
    return memory
  }

  @usableFromInline package static func remove(
    _ ring: inout Ring, group: UInt16, count: Int, _ times: inout SetupTimes
  ) throws(Reason) {
    let (buffers, id) = (Int32(count), Int32(group))
    let result = timed(&times.unregister) {
      ring.complete { io_uring_prep_remove_buffers($0, buffers, id) }
    }
    guard result >= 0 else {
      throw Reason(.provide, SystemError(call: "IORING_OP_REMOVE_BUFFERS", errno: -result))
    }
  }
}
