import CMarkers
import Instruments
import Uring

extension Engine where Provider: ~Copyable {
  /// Gives the kernel a receive of every connection that has none.
  ///
  /// - Returns: false when the engine has failed.
  @inline(never)
  mutating func askEveryConnection() -> Bool {
    if Receive.isMultishot { arm() } else { prepareEveryReceive() }
    return submit()
  }

  /// Receives `messages` messages that came while receives waited for them, at most a batch.
  ///
  /// The time covers everything between the two readings of the clock: entering the kernel, which does the work that
  /// the wake-ups left, reaping, checking, handing buffers back, asking again, and giving the kernel the receives that
  /// wait for the next messages.
  ///
  /// - Returns: the nanoseconds it took; 0 when the engine has failed.
  @inline(never)
  mutating func timedArrival<C: Check>(_ check: C.Type, messages: Int) -> UInt64 {
    setGoals(messages)
    var sources = min(messages, shape.hot)
    let start = Clock.now()
    cmarkers_begin()
    var missing = messages &* shape.messageSize
    var hasEnded = true
    repeat {
      // A multishot receive may end after a whole batch, for lack of buffers: that completion is reaped, too.
      guard wait(certain(missing, sources)), reap(check, rearms: !Receive.isMultishot, missing: &missing) else {
        return 0
      }
      if Receive.isMultishot {
        hasEnded = unarmed > 0
        arm()
      }
      if missing > 0 { sources = unfinished() }
    } while missing > 0
    // A multishot receive goes on waiting. Requests that hand its buffers back go out with the next call.
    guard !hasEnded || submit() else { return 0 }
    TestHooks.slowDown(since: start)
    cmarkers_end()
    let elapsed = Clock.now() &- start
    advance(by: messages)
    return elapsed
  }

  /// How many completions are certain to come: one of each receive that waits and whose data is there, or one of each
  /// message where a receive completes many times.
  @inline(__always)
  private func certain(_ missing: Int, _ sources: Int) -> Int {
    Receive.isMultishot && shape.keepsBoundaries && !shape.starves ? missing / shape.messageSize : sources
  }
}
