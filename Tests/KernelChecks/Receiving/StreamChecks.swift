import CKernelChecks
import CUring
import Glibc

/// Receives that end early, are cancelled or ask for the impossible.
enum StreamChecks {
  static let all = [
    Check("cancel-armed") { try cancelArmed() },
    Check("end-of-file-pipe") { try endOfPipe() },
    Check("recvmsg-control") { try control() },
    Check("recvmsg-descriptor") { try descriptor() },
    Check("recvmsg-no-room") { try noRoom() },
    Check("skip-success") { try skipSuccess() },
    Check("truncated-datagram") { try truncated() },
    Check("peek") { try peek() },
    Check("no-read-iter") { try noReadIter() },
  ]

  /// Checks that all buffers are free: receives take each of them once.
  static func expectFree(_ ring: CheckRing, _ group: Group, _ what: String) throws {
    let channel = try Channel(.unixSeqpacket)
    var buffers: Set<Int> = []
    for _ in 0..<group.entries {
      try channel.send([1])
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: group.id) }
      try require(reply.buffer.map { buffers.insert($0).inserted } == true, "\(what): \(reply), so far \(buffers)")
    }
    for buffer in buffers { try expect("\(what): hand-back", try group.provide(buffer), .success) }
  }

  /// After a waiting request without data is cancelled, all buffers are free.
  private static func cancelArmed() throws {
    for transport in Transport.allCases {
      for receive in Receive.allCases where receive.isPossible(on: transport) {
        for isAsynchronous in [false, true] {
          let what = "\(receive.rawValue) on \(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
          let (ring, channel) = (try CheckRing(), try Channel(transport))
          let group = try Group(ring, entries: 2)
          let request = Request(receive)
          request.isAsynchronous = isAsynchronous
          request.prepare(ring.entry(), channel.receiver, group: 0)
          ring.submit()
          if isAsynchronous { usleep(5000) }
          try ring.expectSilence(what)
          ring.cancel(1)
          let replies = [try ring.wait(what), try ring.wait(what)]
          let reply = replies.first { $0.userData == 1 }
          try expect(what, reply?.outcome, .failure(ECANCELED))
          // A one-shot read in io-wq keeps its buffer while it waits, and its completion names the buffer. Nothing else
          // has one before data arrives.
          let keeps = isAsynchronous && receive.isRead && !receive.isMultishot
          try require((reply?.buffer != nil) == keeps, "\(what): \(keeps ? "no" : "a") buffer, \(replies)")
          if let buffer = reply?.buffer { try expect(what + ": hand-back", try group.provide(buffer), .success) }
          try expectFree(ring, group, what)
        }
      }
    }
  }

  private static func endOfPipe() throws {
    for receive in [Receive.read, .readv, .readMultishot] {
      let (ring, channel) = (try CheckRing(), try Channel(.pipe))
      let group = try Group(ring, entries: 2)
      group.setGuard()
      channel.closeSender()
      let reply = try ring.complete { Request(receive).prepare($0, channel.receiver, group: 0) }
      try expect(receive.rawValue, reply.result, 0)
      try require(!reply.hasMore, "\(receive.rawValue): goes on after the end")
      if let buffer = reply.buffer { try expect("hand-back", try group.provide(buffer), .success) }
      try group.checkOthers(than: [], receive.rawValue)
      try expectFree(ring, group, receive.rawValue)
    }
  }

  /// Control data can't be put into a kernel-managed buffer. One-shot receives have a separate place for it.
  private static func control() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.udp))
    let group = try Group(ring, entries: 2)
    for isAsynchronous in [false, true] {
      try channel.send(payload(1, 100))
      let request = Request(.recvmsgMultishot)
      (request.controlLength, request.isAsynchronous) = (64, isAsynchronous)
      let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
      try expect("multishot with control data", reply.outcome, .failure(EINVAL))
      try require(!reply.hasMore && reply.buffer == nil, "multishot with control data: \(reply)")
      let once = Request(.recvmsg)
      once.controlLength = 64
      let data = try ring.complete { once.prepare($0, channel.receiver, group: 0) }
      try expect("one-shot with control data", data.result, 100)
      try expect("hand-back", try group.provide(data.buffer ?? -1), .success)
    }
    try expectFree(ring, group, "control")
  }

  /// A descriptor that comes with a message (`SCM_RIGHTS`) goes into the request's own control data.
  private static func descriptor() throws {
    for transport in [Transport.unixStream, .unixSeqpacket] {
      for isAsynchronous in [false, true] {
        let what = "\(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
        let (ring, channel, sent) = (try CheckRing(), try Channel(transport), try Channel(.pipe))
        let group = try Group(ring, entries: 2)
        group.setGuard()
        let bytes = payload(1, 500)
        for isReady in [true, false] {
          let request = Request(.recvmsg)
          (request.controlLength, request.isAsynchronous) = (64, isAsynchronous)
          let send = {
            let count = cchecks_send_descriptor(channel.sender, bytes, bytes.count, sent.sender)
            try expect("\(what): sendmsg", count, bytes.count)
          }
          if isReady { try send() }
          request.prepare(ring.entry(), channel.receiver, group: 0)
          ring.submit()
          if !isReady { try send() }
          let reply = try ring.wait(what)
          try expect("\(what): length", reply.result, bytes.count)
          try group.check(reply.buffer ?? 0, holds: bytes[...], what)
          guard let descriptor = request.receivedDescriptor else { throw CheckFailure("\(what): no descriptor") }
          defer { close(descriptor) }
          try expect("\(what): writing to it", write(descriptor, bytes, 10), 10)
          var seen = [UInt8](repeating: 0, count: 10)
          try expect("\(what): reading the pipe", read(sent.receiver, &seen, 10), 10)
          try require(seen.elementsEqual(bytes.prefix(10)), "\(what): wrong data through the descriptor")
          try expect("\(what): hand-back", try group.provide(reply.buffer ?? 0), .success)
        }
        try StreamChecks.expectFree(ring, group, what)
      }
    }
  }

  /// A receive whose success makes no completion. No buffer gets lost: each is free or can be handed back.
  private static func skipSuccess() throws {
    for (transport, receive) in [(Transport.unixSeqpacket, Receive.recv), (.tcp, .recvmsg), (.pipe, .read)] {
      for isAsynchronous in [false, true] {
        let what = "\(receive.rawValue) on \(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
        let (ring, channel) = (try CheckRing(), try Channel(transport))
        let group = try Group(ring, entries: 4)
        for round in 0..<12 {
          try channel.send(payload(round, 10))
          let request = Request(receive)
          (request.length, request.isAsynchronous) = (10, isAsynchronous)
          let entry = ring.entry()
          request.prepare(entry, channel.receiver, group: 0)
          entry.pointee.flags |= UInt8(CURING_IOSQE_CQE_SKIP_SUCCESS)
          ring.submit()
          var unread: Int32 = 1
          for _ in 0..<6000 where unread > 0 {
            usleep(1000)
            _ = cchecks_unread(channel.receiver, &unread)
          }
          try expect("\(what), round \(round): bytes that nobody has read", unread, 0)
          usleep(1000)
          withExtendedLifetime(request) {}
          try ring.expectSilence(what)
          // Nothing says which buffer it was.
          if round % 4 == 3 { for buffer in 0..<4 { _ = try group.provide(buffer) } }
        }
        try expectFree(ring, group, what)
      }
    }
  }

  /// A header that is larger than the buffer.
  private static func noRoom() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.udp))
    let group = try Group(ring, entries: 2)
    group.setGuard()
    try channel.send(payload(1, 100))
    for length in [4096, 65536, 0x7FFF_0000] {
      let request = Request(.recvmsgMultishot)
      request.nameLength = length
      let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
      try expect("room of \(length) for a name", reply.outcome, .failure(EFAULT))
    }
    // A header larger than a page is fine in a larger buffer. The kernel writes only as many bytes as the name has.
    let large = try Group(ring, id: 1, entries: 2, size: 16384)
    large.setGuard()
    let request = Request(.recvmsgMultishot)
    request.nameLength = 10_000
    let reply = try ring.complete { request.prepare($0, channel.receiver, group: 1) }
    try expect("a name that ends on the third page", reply.result, request.prefix + 100)
    try large.check(reply.buffer ?? 0, holds: payload(1, 100)[...], at: request.prefix, "payload on the third page")
    try require(large.bytes(0)[32..<request.prefix].allSatisfy { $0 == Group.guardByte }, "written between")
    try group.checkOthers(than: [], "no room")
    try expectFree(ring, group, "no room")
  }

  private static func truncated() throws {
    for (transport, flags) in [(Transport.udp, Int32(0)), (.udp, Int32(MSG_TRUNC)), (.unixSeqpacket, Int32(MSG_TRUNC))]
    {
      let (ring, channel) = (try CheckRing(), try Channel(transport))
      let group = try Group(ring, entries: 4)
      group.setGuard()
      try channel.send(payload(1, 6000))
      let request = Request(.recv)
      request.messageFlags = flags
      let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
      try expect("\(transport.rawValue), flags \(flags)", reply.result, flags == 0 ? 4096 : 6000)
      try group.check(0, holds: payload(1, 6000)[..<4096], "truncated")
      try group.checkOthers(than: [0], "truncated")
      try channel.send(payload(2, 6000))
      let multishot = Request(.recvmsgMultishot)
      multishot.messageFlags = flags
      let second = try ring.complete { multishot.prepare($0, channel.receiver, group: 0) }
      try expect("\(transport.rawValue), flags \(flags), recvmsg", second.result, 4096)
      let header = UnsafeRawBufferPointer(group.bytes(1)).load(as: io_uring_recvmsg_out.self)
      try expect("payloadlen", Int(header.payloadlen), flags == 0 ? 4080 : 6000)
      try require(header.flags & UInt32(MSG_TRUNC) != 0, "no MSG_TRUNC in the header")
      try group.check(1, holds: payload(2, 6000)[..<4080], at: 16, "truncated")
      try group.checkOthers(than: [0, 1], "truncated")
    }
  }

  private static func peek() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.tcp))
    let group = try Group(ring, entries: 4)
    try channel.send(payload(1, 500))
    for flags in [Int32(MSG_PEEK), Int32(MSG_PEEK), 0] {
      let request = Request(.recv)
      request.messageFlags = flags
      let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
      try expect("length", reply.result, 500)
      try require(group.bytes(reply.buffer ?? 0).prefix(500).elementsEqual(payload(1, 500)), "wrong data")
    }
  }

  /// A read of a file that can only read to user addresses is refused, and nothing is written.
  private static func noReadIter() throws {
    for isAsynchronous in [false, true] {
      for receive in [Receive.read, .readv, .readMultishot] {
        let file = open("/dev/kmsg", O_RDONLY | O_NONBLOCK)
        try succeed("open /dev/kmsg", file)
        defer { close(file) }
        let ring = try CheckRing()
        let group = try Group(ring, entries: 2)
        group.setGuard()
        let request = Request(receive)
        request.isAsynchronous = isAsynchronous
        let reply = try ring.complete { request.prepare($0, file, group: 0) }
        try expect("\(receive.rawValue)\(isAsynchronous ? " from io-wq" : "")", reply.outcome, .failure(EINVAL))
        if let buffer = reply.buffer { try expect("hand-back", try group.provide(buffer), .success) }
        try group.checkOthers(than: [], "no read_iter")
        try expectFree(ring, group, "no read_iter")
      }
    }
  }
}
