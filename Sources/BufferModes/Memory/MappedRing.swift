import CUring
public import HostFacts
import Instruments
import Uring
import Vocabulary

/// What the provided-buffer ring modes share: the application's buffers, and a ring to hand them over.
@usableFromInline
package struct MappedRing: ~Copyable {
  @usableFromInline let memory: MappedMemory
  @usableFromInline let group: BufferGroup
  @usableFromInline var ring: BufferRing
  @usableFromInline var recycled = 0
  /// How many buffers become visible to the kernel at once; 0 for those of a reaped batch.
  @usableFromInline let handBack: Int
  /// Buffers that are written into the ring and not visible yet; counted only where `handBack` is not 0.
  @usableFromInline var held = 0
  var times = SetupTimes()

  /// Puts the ring in application memory. `flags` are those of the registration.
  static func inApplicationMemory(
    _ ring: borrowing Ring, _ shape: BufferShape, flags: UInt16 = 0, missing: String
  ) throws(Reason) -> MappedRing {
    var times = SetupTimes()
    let memory = try shape.map(BufferRing.byteCount(entries: shape.count))
    let address = UInt64(UInt(bitPattern: memory.base))
    try timed(&times.register) { () throws(Reason) in
      try RingRegistration.register(ring, shape, missing: missing) {
        $0.ring_addr = address
        $0.flags = flags
        // 0 means 1, and is all that kernels without the field take.
        $0.min_left = shape.minLeft > 1 ? UInt32(shape.minLeft) : 0
      }
    }
    return try MappedRing(memory, shape, times)
  }

  /// Lets the kernel allocate the ring, and maps it.
  static func inKernelMemory(
    _ ring: borrowing Ring, _ shape: BufferShape, missing: String
  ) throws(Reason) -> MappedRing {
    var times = SetupTimes()
    try timed(&times.register) { () throws(Reason) in
      try RingRegistration.register(ring, shape, missing: missing) { $0.flags = UInt16(CURING_PBUF_RING_MMAP) }
    }
    let memory = try timed(&times.mmap) { () throws(Reason) in
      try RingRegistration.map(ring, group: shape.group, byteCount: BufferRing.byteCount(entries: shape.count))
    }
    return try MappedRing(memory, shape, times)
  }

  private init(
    _ ringMemory: consuming MappedMemory, _ shape: BufferShape, _ times: SetupTimes
  ) throws(Reason) {
    self.times = times
    handBack = shape.handBack
    memory = try shape.mapBuffers()
    group = BufferGroup(base: memory.base, shape: shape)
    let start = Clock.now()
    ring = BufferRing(ringMemory, filledWith: group, count: shape.count)
    self.times.provide = Clock.now() - start
  }

  /// Takes one whole buffer back from the kernel and hands it over again.
  @inlinable
  @inline(__always)
  mutating func recycle(_ id: UInt16) {
    ring.add(id, of: group)
    ring.head = ring.head &+ 1
    recycled &+= 1
    guard handBack != 0 else { return }
    held &+= 1
    guard held == handBack else { return }
    held = 0
    ring.publish()
  }

  /// Ends a reaped batch.
  @inlinable
  @inline(__always)
  func publish() {
    if handBack == 0 { ring.publish() }
  }

  mutating func unregister(_ uring: borrowing Ring) throws(Reason) {
    let group = group.id
    try timed(&times.unregister) { () throws(Reason) in
      try RingRegistration.unregister(uring, group: group)
    }
  }
}
