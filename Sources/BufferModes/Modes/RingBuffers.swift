public import Uring
public import Vocabulary

/// Where a provided-buffer ring's own memory comes from: the only difference between `pbuf` and `pbuf-mmap`.
@usableFromInline
package protocol RingSource {
  static var mode: Mode { get }
  /// Makes the ring with the source's memory and registration flags. The source also says what a kernel lacks that
  /// does not know the flags.
  static func makeRing(_ ring: borrowing Ring, _ shape: BufferShape) throws(Reason) -> MappedRing
}

/// Provided-buffer rings whose buffers are consumed whole.
@usableFromInline
package struct RingBuffers<Source: RingSource>: ~Copyable, BufferProvider {
  package static var mode: Mode { Source.mode }

  @usableFromInline var mapped: MappedRing

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    mapped = try Source.makeRing(ring, shape)
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    mapped.group.select(entry, length: length)
  }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer {
    UnsafeRawPointer(mapped.group.start(completion.bufferID))
  }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
    guard completion.hasBuffer else { return }
    mapped.recycle(completion.bufferID)
  }

  @inlinable
  package mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring) { mapped.recycle(id) }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) { mapped.publish() }

  @inlinable
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer { mapped.group.whole(id) }

  @inlinable
  package func successor(of id: UInt16) -> UInt16 { mapped.ring.successor() }

  package var recycled: Int { mapped.recycled }
  package var setupTimes: SetupTimes { mapped.times }
  package var bufferRegions: [UnsafeMutableRawBufferPointer] { [mapped.memory.region] }
  package var ringRegions: [UnsafeMutableRawBufferPointer] { [mapped.ring.memory.region] }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) { try mapped.unregister(ring) }
}
