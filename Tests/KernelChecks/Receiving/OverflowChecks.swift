import CUring
import Glibc

/// A completion queue that is too short for what a multishot receives. The kernel loses no buffer, and no data.
enum OverflowChecks {
  static let all = [
    Check("overflow-recv") { try overflow(.unixSeqpacket, .recvMultishot) },
    Check("overflow-recvmsg") { try overflow(.udp, .recvmsgMultishot) },
    Check("overflow-read") { try overflow(.pipePacket, .readMultishot) },
    Check("overflow-oneshot") { try oneshot() },
  ]

  private static let buffers = 32

  private static func overflow(_ transport: Transport, _ receive: Receive) throws {
    for (isDeferred, isReady) in [(false, false), (false, true), (true, false), (true, true)] {
      let what = "\(receive.rawValue)\(isDeferred ? ", deferred" : ""), data \(isReady ? "first" : "later")"
      // Eight completions fit.
      let ring = try CheckRing(
        entries: 4, flags: isDeferred ? UInt32(IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN) : 0)
      let channel = try Channel(transport)
      let group = try Group(ring, entries: buffers)
      group.setGuard()
      let request = Request(receive)
      let arm = {
        request.prepare(ring.entry(), channel.receiver, group: 0)
        ring.submit()
      }
      var out: [Int: Int] = [:]
      var (received, isArmed, hasOverflowed) = (0, false, false)
      if !isReady {
        arm()
        isArmed = true
      }
      for message in 0..<24 { try channel.send(payload(message, 100 + message)) }
      while received < 24 {
        if !isArmed { arm() }
        // The kernel fills the queue up before anyone looks at it.
        io_uring_get_events(ring.handle)
        hasOverflowed = hasOverflowed || ring.hasOverflowed
        let reply = try ring.wait("\(what), message \(received)")
        isArmed = reply.hasMore
        guard let buffer = reply.buffer else { throw CheckFailure("\(what), message \(received): \(reply)") }
        let earlier = out.updateValue(received, forKey: buffer)
        try require(earlier == nil, "\(what): buffer \(buffer) was named twice, for \(earlier ?? -1) and \(received)")
        try expect("\(what), message \(received)", reply.result, request.prefix + 100 + received)
        received += 1
      }
      try require(hasOverflowed, "\(what): the completion queue has not overflowed")
      // No buffer has been handed back, so that all of them still hold what they received.
      for (buffer, message) in out {
        try group.check(
          buffer, holds: payload(message, 100 + message)[...], at: request.prefix, "\(what), message \(message)")
      }
      try group.checkOthers(than: Set(out.keys), what)
      for buffer in out.keys { _ = try group.giveBack(buffer) }
      try expectWhole(ring, group, channel, isArmed: isArmed, what)
    }
  }

  /// Ends the multishot, and finds every buffer free.
  private static func expectWhole(
    _ ring: CheckRing, _ group: Group, _ channel: Channel, isArmed: Bool, _ what: String
  ) throws {
    if isArmed {
      ring.cancel(1)
      let replies = try [ring.wait(what), ring.wait(what)]
      try expect("\(what): cancelled", replies.first { $0.userData == 1 }?.outcome, .failure(ECANCELED))
    }
    try expect("\(what): free", try HandBackChecks.freeBuffers(ring, try Channel(.unixSeqpacket)).count, buffers)
  }

  /// Many more one-shot receives complete than fit into the queue.
  private static func oneshot() throws {
    let ring = try CheckRing(entries: 4)
    let group = try Group(ring, entries: buffers)
    group.setGuard()
    let channels = try (0..<buffers).map { _ in try Channel(.unixSeqpacket) }
    for (index, channel) in channels.enumerated() {
      Request(.recv).prepare(ring.entry(), channel.receiver, group: 0, userData: UInt64(index))
      ring.submit()
    }
    for (index, channel) in channels.enumerated() { try channel.send(payload(index, 100)) }
    io_uring_get_events(ring.handle)
    try require(ring.hasOverflowed, "the completion queue has not overflowed")
    var seen: Set<Int> = []
    for _ in channels {
      let reply = try ring.wait("overflow")
      guard let buffer = reply.buffer, seen.insert(buffer).inserted else { throw CheckFailure("\(reply), \(seen)") }
      try group.check(buffer, holds: payload(Int(reply.userData), 100)[...], "message \(reply.userData)")
    }
    try expect("hand-back", try group.provide(0, buffers), .success)
    try StreamChecks.expectFree(ring, group, "overflow")
  }
}
