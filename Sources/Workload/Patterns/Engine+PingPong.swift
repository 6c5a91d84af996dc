import CMarkers
import CUring
import Instruments
import Uring

extension Engine where Provider: ~Copyable {
  /// Sends one message and receives it back: one round trip.
  ///
  /// - Parameters:
  ///   - descriptor: where the message goes.
  ///   - message: its bytes, complete.
  ///   - isSocket: whether it goes by `send` rather than by `write`.
  /// - Returns: the nanoseconds it took; 0 when the engine has failed.
  @inline(never)
  mutating func timedRoundTrip(to descriptor: Int32, _ message: UnsafeRawBufferPointer, isSocket: Bool) -> UInt64 {
    let start = Clock.now()
    cmarkers_begin()
    prepareSend(to: descriptor, message, isSocket: isSocket)
    var missing = shape.messageSize
    repeat {
      if Receive.isMultishot {
        arm()
      } else if outstanding == 0 {
        prepareReceive(0, 0)
      }
      guard wait(1), reap(HeaderCheck.self, rearms: false, missing: &missing) else { return 0 }
    } while missing > 0
    TestHooks.slowDown(since: start)
    cmarkers_end()
    return Clock.now() &- start
  }

  @inline(__always)
  private mutating func prepareSend(to descriptor: Int32, _ message: UnsafeRawBufferPointer, isSocket: Bool) {
    let entry = ring.nextSubmission()
    if isSocket {
      io_uring_prep_send(entry, descriptor, message.baseAddress, message.count, curing_send_flags())
    } else {
      io_uring_prep_write(
        entry, descriptor, message.baseAddress, UInt32(truncatingIfNeeded: message.count), UInt64.max)
    }
    entry.pointee.flags |= UInt8(truncatingIfNeeded: CURING_IOSQE_CQE_SKIP_SUCCESS)
    entry.pointee.user_data = sendTag
  }
}
