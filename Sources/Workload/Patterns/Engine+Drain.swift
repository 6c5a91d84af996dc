import CMarkers
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
    if needsGoals { setGoals(messages) }
    var sources = min(messages, shape.hot)
    let start = Clock.now()
    cmarkers_begin()
    var missing = messages &* shape.messageSize
    var takesTurns = shape.spreadsEvenly
    repeat {
      if Receive.isMultishot {
        arm()
      } else if outstanding == 0 {
        if takesTurns { prepareReceives(shape.receives(for: missing)) } else { prepareShares() }
      }
      guard wait(awaited(check, missing, sources)), reap(check, rearms: false, missing: &missing) else { return 0 }
      if needsGoals && missing > 0 {
        // A receive brought less than it could have, such as the rest of an incremental buffer.
        sources = unfinished()
        takesTurns = false
      }
    } while missing > 0
    TestHooks.slowDown(since: start)
    cmarkers_end()
    let elapsed = Clock.now() &- start
    advance(by: messages)
    return elapsed
  }

  /// How many completions to wait for at once: all that are certain to come.
  ///
  /// - Parameter sources: connections that have data; each completes once or more.
  @inline(__always)
  private func awaited<C: Check>(_ check: C.Type, _ missing: Int, _ sources: Int) -> Int {
    guard Receive.isMultishot else { return outstanding }
    guard !C.isFirstContact else { return 1 }
    return shape.keepsBoundaries && !shape.starves ? missing / shape.messageSize : sources
  }
}

// MARK: Several connections

extension Engine where Provider: ~Copyable {
  /// Whether a round has to know how far each connection gets in it.
  @inline(__always)
  var needsGoals: Bool {
    shape.hot > 1 && (!shape.keepsBoundaries || shape.starves) && !Receive.isPositioned
  }

  /// Sets how far each connection gets in a round whose messages were spread over the connections in turn.
  @inline(never)
  mutating func setGoals(_ messages: Int) {
    let (each, rest) = messages.quotientAndRemainder(dividingBy: shape.hot)
    var index = turn
    for place in 0..<shape.hot {
      let share = place < rest ? each + 1 : each
      connections[index].goal = connections[index].sequence &+ UInt64(truncatingIfNeeded: share)
      index = index + 1 == shape.hot ? 0 : index + 1
    }
  }

  /// Says that a round of `messages` messages is over.
  mutating func advance(by messages: Int) { turn = (turn + messages) % shape.hot }

  /// How many connections have not got all of their share.
  @inline(never)
  func unfinished() -> Int {
    var count = 0
    for index in 0..<shape.hot where connections[index].sequence != connections[index].goal { count &+= 1 }
    return count
  }

  /// Prepares the receives that take what lies in each connection. One receive more would wait for ever.
  @inline(never)
  private mutating func prepareShares() {
    for index in 0..<shape.hot {
      let messages = Int(truncatingIfNeeded: connections[index].goal &- connections[index].sequence)
      let left = messages &* shape.messageSize &- connections[index].position
      for _ in 0..<shape.receives(for: left) where outstanding < shape.receivesAtOnce { prepareReceive(index, 0) }
    }
  }
}
