public import CUring
public import HostFacts
public import Uring
package import Vocabulary

/// The baseline: every receive names its own ordinary buffer, the one that has been free longest.
@usableFromInline
package struct PlainBuffers: ~Copyable, BufferProvider {
  package static var mode: Mode { .plain }

  @usableFromInline let memory: MappedMemory
  @usableFromInline let stride: Int
  @usableFromInline var free: FreeBuffers

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    memory = try shape.mapBuffers()
    stride = shape.stride
    free = FreeBuffers(count: shape.count)
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    let index = free.take()
    entry.pointee.addr = UInt64(UInt(bitPattern: memory.base + Int(index) &* stride))
    entry.pointee.len = length
    return index
  }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer {
    UnsafeRawPointer(memory.base + Int(UInt32(truncatingIfNeeded: completion.userData)) &* stride)
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
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
