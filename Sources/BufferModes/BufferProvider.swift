package import Uring
package import Vocabulary

/// A mode: who supplies the buffers of receives, from set-up to tear-down.
package protocol BufferProvider: BufferSupply, ~Copyable {
  static var mode: Mode { get }

  /// Registers with the ring and makes every buffer available.
  ///
  /// - Throws: with stage `register`, `mmap` or `provide` where the kernel refuses.
  init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason)

  /// Buffers handed back so far.
  var recycled: Int { get }

  /// Nanoseconds that the steps of set-up and tear-down took, over all groups.
  var setupTimes: SetupTimes { get }

  /// The memory that data is received into, of each group.
  var bufferRegions: [UnsafeMutableRawBufferPointer] { get }

  /// The memory of the buffer ring of each group; empty for modes without one.
  var ringRegions: [UnsafeMutableRawBufferPointer] { get }

  /// Takes the registration back; the ring must have nothing in flight. The time this takes is part of the results.
  mutating func unregister(_ ring: inout Ring) throws(Reason)
}

extension BufferProvider where Self: ~Copyable {
  package var ringRegions: [UnsafeMutableRawBufferPointer] { [] }
}

/// The user data of requests that hand buffers back. They complete only when they fail.
@usableFromInline package let handBackTag: UInt64 = 1 << 63
