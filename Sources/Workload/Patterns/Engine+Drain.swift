import BufferRings
import Measurement
import Uring

extension Engine where Provider: ~Copyable {
  /// Receives `messages` messages that are already queued, a batch at most. Everything between the two readings of the clock is what is measured:
  /// asking, entering the kernel, reaping, checking and handing buffers back.
  ///
  /// - Returns: the nanoseconds it took; 0 when the engine has failed.
  @inline(never)
  mutating func timedRound<C: Check>(_ check: C.Type, messages: Int) -> UInt64 {
    let start = Clock.now()
    var missing = messages &* shape.messageSize
    repeat {
      if Receive.isMultishot {
        arm()
      } else if outstanding == 0 {
        prepareReceives(shape.receives(for: missing))
      }
      guard wait(awaited(check, missing)), reap(check, rearms: false, missing: &missing) else { return 0 }
    } while missing > 0
    return Clock.now() &- start
  }

  /// How many completions to wait for at once: all that are certain to come.
  @inline(__always)
  private func awaited<C: Check>(_ check: C.Type, _ missing: Int) -> Int {
    guard Receive.isMultishot else { return outstanding }
    return shape.keepsBoundaries && !C.isFirstContact ? missing / shape.messageSize : 1
  }
}
