import CUring
import Glibc

/// Receives with a linked timeout. When it is over, the buffer is free again, or the completion names it.
enum TimeoutChecks {
  static let all = [
    Check("timeout-waiting") { try waiting() },
    Check("timeout-partly") { try partly() },
    Check("timeout-in-time") { try inTime() },
  ]

  private static let milliseconds: Int64 = 20

  /// Submits a receive with a timeout, and returns the receive's completion and the timeout's.
  private static func run(
    _ ring: CheckRing, _ request: Request, _ descriptor: Int32, milliseconds: Int64, before: () throws -> Void = {}
  ) throws -> (Reply, Reply) {
    let entry = ring.entry()
    request.prepare(entry, descriptor, group: 0)
    entry.pointee.flags |= UInt8(1 << IOSQE_IO_LINK_BIT)
    var time = __kernel_timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    try withUnsafeMutablePointer(to: &time) { time in
      let timeout = ring.entry()
      io_uring_prep_link_timeout(timeout, time, 0)
      timeout.pointee.user_data = 2
      try expect("submitted", ring.submit(), 2)
    }
    try before()
    let replies = try [ring.wait("the receive or its timeout"), ring.wait("the receive or its timeout")]
    guard let receive = replies.first(where: { $0.userData == 1 }),
      let timeout = replies.first(where: { $0.userData == 2 })
    else { throw CheckFailure("\(replies)") }
    withExtendedLifetime(request) {}
    return (receive, timeout)
  }

  private static func waiting() throws {
    for kind in IdleFile.Kind.allCases where kind != .terminal {
      for receive in Receive.allCases where !receive.isMultishot && (receive.isRead || kind.isSocket) {
        for isAsynchronous in [false, true] {
          let what = "\(receive.rawValue) on \(kind.rawValue)\(isAsynchronous ? " from io-wq" : "")"
          let (ring, file) = (try CheckRing(), try IdleFile(kind))
          let group = try Group(ring, entries: 2)
          group.setGuard()
          // More often than there are buffers.
          for round in 0..<3 {
            let request = Request(receive)
            request.isAsynchronous = isAsynchronous
            let (reply, timeout) = try run(ring, request, file.descriptor, milliseconds: milliseconds)
            // A worker that waits in the file itself is interrupted.
            let ends: [Outcome] = [.failure(ECANCELED), .failure(EINTR)]
            try require(ends.contains(reply.outcome), "\(what), round \(round): \(reply)")
            // The timeout says ETIME, or EALREADY when the receive has to be interrupted.
            try require(timeout.result < 0, "\(what), round \(round): timeout: \(timeout)")
            guard let buffer = reply.buffer else { continue }
            try require(isAsynchronous && receive.isRead, "\(what), round \(round): a buffer without data, \(reply)")
            try expect("\(what): hand-back", try group.provide(buffer), .success)
          }
          try group.checkOthers(than: [], what)
          try StreamChecks.expectFree(ring, group, what)
        }
      }
    }
  }

  /// A part of the data has arrived: the completion names the buffer with it.
  private static func partly() throws {
    for (transport, isAsynchronous) in [
      (Transport.tcp, false), (.tcp, true), (.unixStream, false), (.unixStream, true),
    ] {
      let what = "\(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
      let (ring, channel) = (try CheckRing(), try Channel(transport))
      let group = try Group(ring, entries: 2)
      for round in 0..<3 {
        group.setGuard()
        let request = Request(.recv)
        (request.length, request.messageFlags) = (1000, Int32(MSG_WAITALL))
        request.isAsynchronous = isAsynchronous
        try channel.send(payload(round, 300))
        let (reply, _) = try run(ring, request, channel.receiver, milliseconds: milliseconds)
        try expect("\(what), round \(round)", reply.result, 300)
        guard let buffer = reply.buffer else { throw CheckFailure("\(what), round \(round): \(reply)") }
        try group.check(buffer, holds: payload(round, 300)[...], what)
        try group.checkOthers(than: [buffer], what)
        try expect("\(what): hand-back", try group.provide(buffer), .success)
      }
      try StreamChecks.expectFree(ring, group, what)
    }
  }

  private static func inTime() throws {
    for kind in IdleFile.Kind.allCases where kind != .terminal {
      let (ring, file) = (try CheckRing(), try IdleFile(kind))
      let group = try Group(ring, entries: 2)
      for round in 0..<4 {
        let request = Request(.read)
        request.isAsynchronous = round % 2 == 1
        var data: [UInt8] = []
        let (reply, timeout) = try run(ring, request, file.descriptor, milliseconds: 60_000) {
          data = try file.feed(round)
        }
        try expect("\(kind.rawValue), round \(round)", reply.result, data.count)
        try expect("\(kind.rawValue), round \(round): timeout", timeout.outcome, .failure(ECANCELED))
        guard let buffer = reply.buffer else { throw CheckFailure("\(kind.rawValue), round \(round): \(reply)") }
        try require(group.bytes(buffer).prefix(data.count).elementsEqual(data), "\(kind.rawValue): wrong data")
        try expect("\(kind.rawValue): hand-back", try group.provide(buffer), .success)
      }
      try StreamChecks.expectFree(ring, group, kind.rawValue)
    }
  }
}
