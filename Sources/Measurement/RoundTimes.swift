/// The duration of every round of a trial, for an exact median.
///
/// Every value is kept. Appending to a full buffer doubles it, so append between timed regions, or give a capacity that
/// is enough: then appending allocates nothing.
@usableFromInline package struct RoundTimes: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<UInt64>
  @usableFromInline var capacity: Int
  @usableFromInline var stored = 0

  package init(capacity: Int) {
    self.capacity = max(1, capacity)
    storage = .allocate(capacity: self.capacity)
    // A page fault of the buffer belongs to no round.
    storage.initialize(repeating: 0, count: self.capacity)
  }

  deinit {
    storage.deallocate()
  }

  package var count: Int { stored }

  /// - Parameter nanoseconds: What one round took.
  @inlinable
  package mutating func append(_ nanoseconds: UInt64) {
    if stored == capacity { grow() }
    storage[stored] = nanoseconds
    stored &+= 1
  }

  @usableFromInline @inline(never)
  mutating func grow() {
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
    larger.initialize(repeating: 0, count: capacity * 2)
    larger.update(from: storage, count: stored)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }

  /// The middle duration in nanoseconds, or the mean of the middle two; nil without rounds.
  package borrowing func median() -> Double? {
    guard stored > 0 else { return nil }
    let sorted = UnsafeBufferPointer(start: storage, count: stored).sorted()
    let upper = Double(sorted[stored / 2])
    return stored % 2 == 1 ? upper : (Double(sorted[stored / 2 - 1]) + upper) / 2
  }
}
