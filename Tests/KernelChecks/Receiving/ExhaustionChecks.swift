import Glibc

/// A group that runs out of buffers, and the order in which buffers are used.
enum ExhaustionChecks {
  static let all = [
    Check("exhaustion-oneshot") { try oneshot() },
    Check("exhaustion-multishot") { try multishot() },
    Check("order-fifo") { try order() },
    Check("order-random") { try randomOrder() },
  ]

  private static let kinds: [(Transport, Receive, Receive)] = [
    (.unixSeqpacket, .recv, .recvMultishot), (.udp, .recvmsg, .recvmsgMultishot), (.pipePacket, .read, .readMultishot),
    (.tcp, .recv, .recvMultishot), (.pipe, .readv, .readMultishot),
  ]

  /// One-shot receives fail when no buffer is left, and consume no data.
  private static func oneshot() throws {
    for (transport, receive, _) in kinds {
      for isAsynchronous in [false, true] {
        let what = "\(transport.rawValue) \(receive.rawValue)\(isAsynchronous ? " from io-wq" : "")"
        let (ring, channel) = (try CheckRing(), try Channel(transport))
        let group = try Group(ring, entries: 4)
        let request = Request(receive)
        request.isAsynchronous = isAsynchronous
        var buffers: Set<Int> = []
        for message in 0..<4 {
          try channel.send(payload(message, 100))
          let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
          try require(reply.buffer.map { buffers.insert($0).inserted } == true, "\(what): \(reply), out are \(buffers)")
        }
        try channel.send(payload(4, 100))
        for _ in 0..<3 {
          let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
          try expect(what + ", all out", reply.outcome, .failure(ENOBUFS))
          try expect(what + ", all out: buffer", reply.buffer, nil)
        }
        try expect("hand-back", try group.provide(2), .success)
        let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
        try expect(what + ", after hand-back", reply.buffer, 2)
        try require(group.bytes(2).prefix(100).elementsEqual(payload(4, 100)), "\(what): wrong data after hand-back")
      }
    }
  }

  /// A multishot ends with ENOBUFS and loses nothing. It goes on after hand-back and a new request.
  private static func multishot() throws {
    for (transport, _, receive) in kinds where transport.keepsMessages {
      for isReady in [false, true] {
        let what = "\(transport.rawValue) \(receive.rawValue), data \(isReady ? "first" : "later")"
        let (ring, channel) = (try CheckRing.deferred(), try Channel(transport))
        let group = try Group(ring, entries: 8)
        let request = Request(receive)
        let arm = {
          request.prepare(ring.entry(), channel.receiver, group: 0)
          ring.submit()
        }
        if !isReady { arm() }
        for message in 0..<20 { try channel.send(payload(message, 50 + message)) }
        if isReady { arm() }
        var message = 0
        while message < 20 {
          var out: [Int] = []
          while true {
            let reply = try ring.wait(what)
            guard reply.hasMore else {
              try expect("\(what): end of multishot", reply.outcome, .failure(ENOBUFS))
              try expect("\(what): buffers that were out at ENOBUFS", out.count, 8)
              break
            }
            guard let buffer = reply.buffer, !out.contains(buffer) else {
              throw CheckFailure("\(what): \(reply), out are \(out)")
            }
            let data = group.bytes(buffer)[request.prefix..<reply.result]
            try require(data.elementsEqual(payload(message, 50 + message)), "\(what): wrong data in message \(message)")
            out.append(buffer)
            message += 1
            if message == 20 { break }
          }
          for buffer in out { try expect("hand-back", try group.provide(buffer), .success) }
          if message < 20 { arm() }
        }
      }
    }
  }

  /// Buffers are used in the order of their ids at first, then in the order of their return.
  private static func order() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
    let group = try Group(ring, entries: 8)
    for expected in [0, 1, 2, 3, 4, 5, 6, 7] { try expect("order", try next(ring, channel), expected) }
    for buffer in [5, 1, 7, 0] { try expect("hand-back", try group.provide(buffer), .success) }
    for expected in [5, 1, 7, 0] { try expect("order after hand-back", try next(ring, channel), expected) }
    try expect("hand-back of 2...4", try group.provide(2, 3), .success)
    for expected in [2, 3, 4] { try expect("order after a range", try next(ring, channel), expected) }
  }

  private static func next(_ ring: CheckRing, _ channel: Channel) throws -> Int? {
    try channel.send([1])
    return try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }.buffer
  }

  /// Compares the order with a model of the queue, far past the wrap of 16-bit indices. Debugging kernels are slow, and
  /// do less.
  private static func randomOrder() throws {
    var random = Random(seed: 4)
    let (ring, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
    let group = try Group(ring, entries: 16)
    var queue = Array(0..<16)
    var out: [Int] = []
    for _ in 0..<(MemoryUse.isDebugging ? 10_000 : 150_000) {
      if queue.isEmpty || (!out.isEmpty && random.below(2) == 0) {
        let buffer = out.remove(at: random.below(out.count))
        try expect("hand-back", try group.provide(buffer), .success)
        queue.append(buffer)
      } else {
        let expected = queue.removeFirst()
        try expect("order", try next(ring, channel), expected)
        out.append(expected)
      }
    }
  }
}
