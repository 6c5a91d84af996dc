public import CUring
import Glibc
public import HostFacts
public import Uring
package import Vocabulary

/// Ordinary buffers, many in one request: the batched baseline of `recvmsg` and `readv`.
///
/// The arrays of all requests are written once; a request points into them.
@usableFromInline
package struct VectoredBuffers: ~Copyable, BufferProvider {
  package static var mode: Mode { .plain }

  @usableFromInline let memory: MappedMemory
  @usableFromInline let shape: BufferShape
  @usableFromInline let vectors: UnsafeMutablePointer<iovec>
  /// For each buffer, the header of a request that starts with it.
  @usableFromInline let headers: UnsafeMutablePointer<msghdr>
  /// The first buffers of the requests that can be made.
  @usableFromInline var free: FreeBuffers

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    memory = try shape.mapBuffers()
    self.shape = shape
    free = FreeBuffers(count: shape.count / shape.vectorCount, step: shape.vectorCount)
    vectors = .allocate(capacity: shape.count)
    headers = .allocate(capacity: shape.count)
    for index in 0..<shape.count {
      (vectors + index).initialize(
        to: iovec(iov_base: memory.base + index * shape.stride, iov_len: shape.vectorLength))
      (headers + index).initialize(to: msghdr())
      headers[index].msg_iov = vectors + index
      headers[index].msg_iovlen = shape.vectorCount
    }
  }

  deinit {
    vectors.deallocate()
    headers.deallocate()
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    let index = Int(free.take())
    if entry.pointee.opcode == UInt8(truncatingIfNeeded: IORING_OP_RECVMSG.rawValue) {
      entry.pointee.addr = UInt64(UInt(bitPattern: headers + index))
      entry.pointee.len = 1
    } else {
      entry.pointee.addr = UInt64(UInt(bitPattern: vectors + index))
      entry.pointee.len = UInt32(truncatingIfNeeded: shape.vectorCount)
    }
    return UInt32(truncatingIfNeeded: index)
  }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer {
    UnsafeRawPointer(memory.base + Int(index(completion)) &* shape.stride)
  }

  @inlinable
  @inline(__always)
  package func first(_ completion: Completion, _ ring: inout Ring) -> UInt16 { index(completion) }

  /// The first buffer of the array that a request names.
  @inlinable
  @inline(__always)
  func index(_ completion: Completion) -> UInt16 { UInt16(truncatingIfNeeded: completion.userData) }

  @inlinable
  @inline(__always)
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory.base + Int(id) &* shape.stride, count: shape.vectorLength)
  }

  @inlinable
  @inline(__always)
  package func successor(of id: UInt16) -> UInt16 { id &+ 1 }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
    free.put(UInt32(truncatingIfNeeded: completion.userData))
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring) {}

  @inlinable
  @inline(__always)
  package mutating func releaseSpan(_ completion: Completion) {
    free.put(UInt32(truncatingIfNeeded: completion.userData))
  }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) {}

  package var recycled: Int { 0 }
  package var setupTimes: SetupTimes { SetupTimes() }
  package var bufferRegions: [UnsafeMutableRawBufferPointer] { [memory.region] }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) {}
}
