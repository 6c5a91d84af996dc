import Base
import CUring
import Documents
public import HostFacts
public import Uring
package import Vocabulary

/// Legacy provided buffers: the kernel keeps a list of addresses, and every buffer goes back with its own request.
@usableFromInline
package struct LegacyBuffers: ~Copyable, BufferProvider {
  package static var mode: Mode { .legacy }

  @usableFromInline let memory: MappedMemory
  @usableFromInline let group: BufferGroup
  @usableFromInline let count: Int
  @usableFromInline package var recycled = 0
  package var setupTimes: SetupTimes

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    let memory = try shape.mapBuffers()
    setupTimes = try Self.provide(memory.base, shape, to: &ring)
    group = BufferGroup(base: memory.base, shape: shape)
    count = shape.count
    self.memory = memory
  }

  /// Hands all buffers over in one request.
  private static func provide(
    _ base: UnsafeMutableRawPointer, _ shape: BufferShape, to ring: inout Ring
  ) throws(Reason) -> SetupTimes {
    var times = SetupTimes()
    let (size, count, group) = (Int32(shape.size), Int32(shape.count), Int32(shape.group))
    let result = timed(&times.provide) {
      ring.complete { io_uring_prep_provide_buffers($0, base, size, count, group, 0) }
    }
    guard result >= 0 else {
      throw Reason(.provide, SystemError(call: "IORING_OP_PROVIDE_BUFFERS", errno: -result))
    }
    return times
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
    group.handBack(id, &ring)
    recycled &+= 1
  }

  @inlinable
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer { group.whole(id) }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) {}

  package var bufferRegion: UnsafeMutableRawBufferPointer { memory.region }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) {
    let (buffers, group) = (Int32(count), Int32(group.id))
    let result = timed(&setupTimes.unregister) {
      ring.complete { io_uring_prep_remove_buffers($0, buffers, group) }
    }
    guard result >= 0 else {
      throw Reason(.provide, SystemError(call: "IORING_OP_REMOVE_BUFFERS", errno: -result))
    }
  }
}
