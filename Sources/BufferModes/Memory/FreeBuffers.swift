/// The buffers of a mode without a kernel's list that no request owns, the one that has been free longest first.
///
/// Receives complete in any order, so counting the buffers through would hand out one that another receive still waits
/// to fill. First in, first out is the order of a buffer ring as well: all modes walk through the same memory.
@usableFromInline
package struct FreeBuffers: ~Copyable {
  /// A ring of as many entries as there are buffers.
  @usableFromInline let entries: UnsafeMutablePointer<UInt32>
  @usableFromInline let count: Int
  /// The places of the next buffer to take and of the next one to put.
  @usableFromInline var head = 0
  @usableFromInline var tail = 0

  /// All of `count` buffers are free; their numbers are `step` apart.
  package init(count: Int, step: Int = 1) {
    entries = .allocate(capacity: count)
    for index in 0..<count { (entries + index).initialize(to: UInt32(index * step)) }
    self.count = count
  }

  deinit {
    entries.deallocate()
  }

  /// Takes a buffer. At most as many may be taken as there are.
  @inlinable
  @inline(__always)
  package mutating func take() -> UInt32 {
    let buffer = entries[head]
    head = head &+ 1 == count ? 0 : head &+ 1
    return buffer
  }

  /// Gives a buffer back whose bytes are no longer needed.
  @inlinable
  @inline(__always)
  package mutating func put(_ buffer: UInt32) {
    entries[tail] = buffer
    tail = tail &+ 1 == count ? 0 : tail &+ 1
  }
}
