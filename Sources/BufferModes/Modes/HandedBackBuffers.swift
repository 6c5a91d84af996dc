public import HostFacts
public import Uring
public import Vocabulary

/// Where the buffers of a group come from and where they go in the end: the difference between `legacy` and `kmbuf`.
@usableFromInline
package protocol GroupSource {
  /// How the application hands the buffers back.
  associatedtype Method: HandBack

  static var mode: Mode { get }
  /// Whether the kernel owns the memory. It then takes ids alone, and refuses an address or a length.
  static var isKernelManaged: Bool { get }

  /// Makes every buffer of the group available to the kernel.
  ///
  /// - Returns: the memory of the buffers, and behind them the bytes that the method shares with the kernel.
  static func provide(
    _ ring: inout Ring, _ shape: BufferShape, _ times: inout SetupTimes
  ) throws(Reason) -> MappedMemory

  /// Takes the group's `count` buffers away from the kernel.
  static func remove(_ ring: inout Ring, group: UInt16, count: Int, _ times: inout SetupTimes) throws(Reason)
}

/// Buffers of a group that the application hands back by their ids, in one of several ways.
@usableFromInline
package struct HandedBackBuffers<Source: GroupSource>: ~Copyable, BufferProvider {
  package static var mode: Mode { Source.mode }

  @usableFromInline let memory: MappedMemory
  @usableFromInline let group: BufferGroup
  @usableFromInline var method: Source.Method
  private let count: Int
  /// How many buffers are handed back at once; 0 for those of a reaped batch.
  @usableFromInline let handBack: Int
  /// The ids that wait to be handed back together, with room for `handBack`.
  @usableFromInline let held: UnsafeMutablePointer<UInt16>
  @usableFromInline var heldCount = 0
  @usableFromInline package var recycled = 0
  package var setupTimes: SetupTimes

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    var times = SetupTimes()
    memory = try Source.provide(&ring, shape, &times)
    group = BufferGroup(base: memory.base, shape: shape, isKernelManaged: Source.isKernelManaged)
    let shared = memory.byteCount - Source.Method.sharedByteCount(entries: shape.count)
    method = Source.Method(entries: shape.count, shared: memory.base + shared)
    count = shape.count
    handBack = shape.handBack
    held = .allocate(capacity: max(1, shape.handBack))
    setupTimes = times
  }

  deinit {
    held.deallocate()
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    group.select(entry, length: length)
  }

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
    recycled &+= 1
    if handBack == 0 { method.add(id, of: group, &ring) } else { hold(id, &ring) }
  }

  /// Keeps a buffer until as many have come together as are handed back at once.
  ///
  /// It stays out of the loops that call it: they get too large to be inlined where they are specialised.
  @inlinable
  @inline(never)
  mutating func hold(_ id: UInt16, _ ring: inout Ring) {
    held[heldCount] = id
    heldCount &+= 1
    guard heldCount == handBack else { return }
    for index in 0..<heldCount { method.add(held[index], of: group, &ring) }
    method.publish(of: group, &ring)
    heldCount = 0
  }

  @inlinable
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer { group.whole(id) }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) {
    if handBack == 0 { method.publish(of: group, &ring) }
  }

  /// Bytes of all buffers. The memory mapped behind them belongs to the method.
  private var byteCount: Int { memory.byteCount - Source.Method.sharedByteCount(entries: count) }

  package var bufferRegions: [UnsafeMutableRawBufferPointer] {
    [UnsafeMutableRawBufferPointer(start: memory.base, count: byteCount)]
  }

  package var ringRegions: [UnsafeMutableRawBufferPointer] {
    [UnsafeMutableRawBufferPointer(rebasing: memory.region[byteCount...])]
  }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) {
    try Source.remove(&ring, group: group.id, count: count, &setupTimes)
  }
}
