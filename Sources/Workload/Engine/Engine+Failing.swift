import BufferModes
import Glibc
import Uring

extension Engine where Provider: ~Copyable {
  /// Handles a completion without data. Running out of buffers is counted and the receive asked for again; everything
  /// else ends the run.
  @inline(never)
  mutating func settle(_ completion: Completion, rearms: Bool) -> Bool {
    if completion.userData & handBackTag != 0 { return fail(.handBack(-completion.result)) }
    if completion.userData & sendTag != 0 { return fail(.send(-completion.result)) }
    let connection = Int(truncatingIfNeeded: completion.userData >> 32)
    provider.release(completion, received: 0, &ring)
    provider.publish(&ring)
    guard completion.result == -ENOBUFS else {
      return fail(completion.result == 0 ? .endOfFile : .receive(-completion.result))
    }
    outOfBuffers += 1
    starved += 1
    guard starved <= 4 * (shape.batch + shape.connections) else { return fail(.receive(ENOBUFS)) }
    if Receive.isMultishot {
      if !completion.hasMore { disarm(connection) }
    } else {
      outstanding -= 1
      if rearms { prepareReceive(connection, 0) }
    }
    return true
  }

  /// Submits what is prepared and waits for `count` completions.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func wait(_ count: Int) -> Bool {
    let result = ring.submitAndWait(count)
    return result >= 0 || goOn(after: -result)
  }

  /// Submits what is prepared.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func submit() -> Bool {
    let result = ring.submit()
    return result >= 0 || goOn(after: -result)
  }

  /// Whether a failed enter can be tried again. A signal comes from the watchdog.
  @inline(never)
  private mutating func goOn(after errno: Int32) -> Bool {
    guard errno == EINTR else { return fail(.enter(errno)) }
    let total = completions &+ ring.readyCompletions
    guard total != completionsAtAlarm else { return fail(.stalled) }
    completionsAtAlarm = total
    return true
  }

  private mutating func fail(_ failure: EngineFailure) -> Bool {
    self.failure = failure
    return false
  }
}

/// The user data of a round trip's send, which completes only when it fails.
let sendTag: UInt64 = 1 << 62
