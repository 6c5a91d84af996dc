import CUring
import Glibc

/// Receives with `MSG_WAITALL`, which hold their buffer while they wait for the rest.
enum WaitAllChecks {
  static let all = [
    Check("waitall-pieces") { try pieces() },
    Check("waitall-end-of-stream") { try endOfStream() },
    Check("waitall-cancel") { try cancelPartly() },
  ]

  private static let waiting: [(Transport, Receive, Bool)] = [
    (.tcp, .recv, false), (.tcp, .recv, true), (.tcp, .recvmsg, false), (.tcp, .recvmsg, true),
    (.unixStream, .recv, false), (.unixStream, .recvmsg, true),
  ]

  private static func waitAll(_ receive: Receive, _ isAsynchronous: Bool, _ length: Int) -> Request {
    let request = Request(receive)
    (request.isAsynchronous, request.length, request.messageFlags) = (isAsynchronous, length, Int32(MSG_WAITALL))
    return request
  }

  private static func pieces() throws {
    for (transport, receive, isAsynchronous) in waiting {
      for size in [4096, 65536, 8 << 20] {
        let what = "\(receive.rawValue) on \(transport.rawValue)\(isAsynchronous ? " from io-wq" : ""), \(size)"
        let (ring, channel) = (try CheckRing(), try Channel(transport))
        let group = try Group(ring, entries: 2, size: size)
        group.setGuard()
        let length = min(size, 50_000) - 96
        let data = payload(size, length)
        let request = waitAll(receive, isAsynchronous, length)
        try channel.send(data[..<10])
        request.prepare(ring.entry(), channel.receiver, group: 0)
        ring.submit()
        for part in [10..<11, 11..<2000, 2000..<(length - 1)] {
          usleep(2000)
          try ring.expectSilence(what)
          try channel.send(data[part])
        }
        try channel.send(data[(length - 1)...])
        let reply = try ring.wait(what)
        try expect(what, reply.result, length)
        try group.check(reply.buffer ?? 0, holds: data[...], what)
        try group.checkOthers(than: [reply.buffer ?? 0], what)
        try expect(what + ": hand-back", try group.provide(reply.buffer ?? 0), .success)
        try StreamChecks.expectFree(ring, group, what)
      }
    }
  }

  private static func endOfStream() throws {
    for (transport, receive, isAsynchronous) in waiting {
      let what = "\(receive.rawValue) on \(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
      let (ring, channel) = (try CheckRing(), try Channel(transport))
      let group = try Group(ring, entries: 2)
      group.setGuard()
      let request = waitAll(receive, isAsynchronous, 1000)
      try channel.send(payload(1, 300))
      request.prepare(ring.entry(), channel.receiver, group: 0)
      ring.submit()
      usleep(2000)
      try ring.expectSilence(what)
      channel.closeSender()
      let reply = try ring.wait(what)
      try expect(what, reply.result, 300)
      guard let buffer = reply.buffer else { throw CheckFailure("\(what): no buffer, \(reply)") }
      try group.check(buffer, holds: payload(1, 300)[...], what)
      try expect(what + ": hand-back", try group.provide(buffer), .success)
      try StreamChecks.expectFree(ring, group, what)
    }
  }

  private static func cancelPartly() throws {
    for (transport, receive, isAsynchronous) in waiting {
      let what = "\(receive.rawValue) on \(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
      let (ring, channel) = (try CheckRing(), try Channel(transport))
      let group = try Group(ring, entries: 2)
      group.setGuard()
      let request = waitAll(receive, isAsynchronous, 1000)
      try channel.send(payload(1, 300))
      request.prepare(ring.entry(), channel.receiver, group: 0)
      ring.submit()
      usleep(5000)
      try ring.expectSilence(what)
      ring.cancel(1)
      let replies = [try ring.wait(what), try ring.wait(what)]
      guard let reply = replies.first(where: { $0.userData == 1 }), let buffer = reply.buffer else {
        throw CheckFailure("\(what): \(replies)")
      }
      try expect(what, reply.result, 300)
      try group.check(buffer, holds: payload(1, 300)[...], what)
      try expect(what + ": hand-back", try group.provide(buffer), .success)
      try StreamChecks.expectFree(ring, group, what)
    }
  }
}
