import CUring
import Glibc

/// What the worker and the thread at the other end tell each other: counters in shared memory.
///
/// The memory is never freed: the sender may outlive the worker's interest in it, and the process ends soon after.
struct SenderControl: @unchecked Sendable {
  private let words: UnsafeMutablePointer<UInt64>

  /// The value of `total` before the sender knows it.
  private static let unknown = UInt64.max

  init() {
    words = .allocate(capacity: 4)
    words.initialize(repeating: 0, count: 4)
    words[2] = Self.unknown
  }

  /// Says that the other end has done everything that it does once.
  func becomeReady() { curing_store_release(words + 3, 1) }

  /// Waits until the other end is ready.
  func awaitReady() {
    while curing_load_acquire(words + 3) == 0 { sched_yield() }
  }

  /// Lets the sender start at a time, which must not be 0.
  @inline(__always)
  func release(at time: UInt64) { curing_store_release(words, time) }

  /// When the sender is to start; 0 before that is known.
  var start: UInt64 { curing_load_acquire(words) }

  /// Says how many messages the worker has received since the sender was released.
  @inline(__always)
  func publish(received: UInt64) { curing_store_release(words + 1, received) }

  /// Messages that the worker has received.
  var received: UInt64 { curing_load_acquire(words + 1) }

  /// Says how many messages there will be; stored before the last one is sent.
  func finish(total: UInt64) { curing_store_release(words + 2, total) }

  /// How many messages there will be in all; `UInt64.max` while that is unknown.
  @inline(__always)
  var total: UInt64 { curing_load_acquire(words + 2) }
}
