import Instruments
import Uring

extension Engine where Provider: ~Copyable {
  /// Receives `messages` messages that are already queued, at most a batch.
  ///
  /// The time covers everything between the two readings of the clock: asking, entering the kernel, reaping, checking
  /// and handing buffers back.
  ///
  /// - Returns: the nanoseconds it took; 0 when the engine has failed.
  @inline(never)
  mutating func timedRound<C: Check>(_ check: C.Type, messages: Int) -> UInt64 {
    if !Receive.isMultishot, !shape.spreadsEvenly { setGoals(messages) }
    let start = Clock.now()
    var missing = messages &* shape.messageSize
    repeat {
      if Receive.isMultishot {
        arm()
      } else if outstanding == 0 {
        if shape.spreadsEvenly { prepareReceives(shape.receives(for: missing)) } else { prepareShares() }
      }
      guard wait(awaited(check, missing)), reap(check, rearms: false, missing: &missing) else { return 0 }
    } while missing > 0
    TestHooks.slowDown(since: start)
    return Clock.now() &- start
  }

  /// How many completions to wait for at once: all that are certain to come.
  @inline(__always)
  private func awaited<C: Check>(_ check: C.Type, _ missing: Int) -> Int {
    guard Receive.isMultishot else { return outstanding }
    return shape.keepsBoundaries && !C.isFirstContact ? missing / shape.messageSize : 1
  }
}

// MARK: Several connections

extension Engine where Provider: ~Copyable {
  /// Sets how far each connection gets in a round whose messages were spread over the connections in turn.
  @inline(never)
  private mutating func setGoals(_ messages: Int) {
    for index in 0..<shape.connections {
      let share = messages / shape.connections + (index < messages % shape.connections ? 1 : 0)
      connections[index].goal = connections[index].sequence &+ UInt64(truncatingIfNeeded: share)
    }
  }

  /// Prepares the receives that take what lies in each connection. One receive more would wait for ever.
  @inline(never)
  private mutating func prepareShares() {
    for index in 0..<shape.connections {
      let messages = Int(truncatingIfNeeded: connections[index].goal &- connections[index].sequence)
      let left = messages &* shape.messageSize &- connections[index].position
      for _ in 0..<shape.receives(for: left) where outstanding < shape.batch { prepareReceive(index, 0) }
    }
  }
}
