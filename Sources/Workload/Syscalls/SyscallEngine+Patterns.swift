import CMarkers
import Glibc
import Instruments

extension SyscallEngine {
  @inline(never)
  mutating func timedRound<C: Check>(_ check: C.Type, messages: Int) -> UInt64 {
    poll.forget()
    let start = Clock.now()
    cmarkers_begin()
    guard receive(check, messages &* shape.messageSize) else { return 0 }
    TestHooks.slowDown(since: start)
    cmarkers_end()
    return Clock.now() &- start
  }

  /// The interest that epoll keeps waits on, so that nothing has to be asked for again.
  @inline(never)
  mutating func timedArrival<C: Check>(_ check: C.Type, messages: Int) -> UInt64 {
    timedRound(check, messages: messages)
  }

  @inline(never)
  mutating func timedStream<O: ArrivalObserver & ~Copyable>(
    _ peer: borrowing SenderControl, after lead: UInt64, _ observer: inout O
  ) -> UInt64 {
    poll.forget()
    let start = Clock.now() &+ lead
    cmarkers_begin()
    peer.release(at: start)
    var messages: UInt64 = 0
    var missing = Int.max
    repeat {
      guard wait() else { return 0 }
      let now = O.needsTime ? Clock.now() : 0
      guard serve(HeaderCheck.self, limit: shape.batch, missing: &missing) else { return 0 }
      messages = observer.observe(connections, shape.hot, start: start, now: now)
      peer.publish(received: messages)
    } while messages != peer.total
    cmarkers_end()
    return Clock.now() &- start
  }

  @inline(never)
  mutating func timedRoundTrip(to descriptor: Int32, _ message: UnsafeRawBufferPointer, isSocket: Bool) -> UInt64 {
    poll.forget()
    let start = Clock.now()
    cmarkers_begin()
    guard send(message, to: descriptor, isSocket: isSocket), receive(HeaderCheck.self, message.count) else { return 0 }
    TestHooks.slowDown(since: start)
    cmarkers_end()
    return Clock.now() &- start
  }

  /// Receives a number of bytes.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  private mutating func receive<C: Check>(_ check: C.Type, _ bytes: Int) -> Bool {
    var missing = bytes
    repeat {
      if Call.isPositioned {
        guard read(check, missing: &missing) else { return false }
      } else {
        guard wait(), serve(check, limit: Int.max, missing: &missing) else { return false }
      }
    } while missing > 0
    return true
  }

  /// Sends a whole message.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  private mutating func send(_ message: UnsafeRawBufferPointer, to descriptor: Int32, isSocket: Bool) -> Bool {
    guard let bytes = message.baseAddress else { return true }
    var done = 0
    repeat {
      enters &+= 1
      let count =
        isSocket
        ? Glibc.send(descriptor, bytes + done, message.count &- done, Int32(MSG_NOSIGNAL))
        : write(descriptor, bytes + done, message.count &- done)
      guard count >= 0 || canSendAgain() else { return false }
      done &+= max(0, count)
    } while done < message.count
    return true
  }

  /// Whether a send that failed can be tried again. A signal comes from the watchdog.
  @inline(never)
  private mutating func canSendAgain() -> Bool {
    errno == EINTR ? goOn(after: EINTR) : fail(.send(errno))
  }
}
