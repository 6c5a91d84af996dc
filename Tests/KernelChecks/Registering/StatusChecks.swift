import CUring
import Glibc

/// `IORING_REGISTER_PBUF_STATUS`: how many buffers the kernel has taken from a group, 16 bits of it.
enum StatusChecks {
  static let all = [
    Check("status-counts") { try counts() },
    Check("status-wraps") { try wraps() },
    Check("status-errors") { try errors() },
  ]

  /// A buffer counts when it was filled. One that was given back unused does not.
  private static func counts() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
    let group = try Group(ring, entries: 4)
    try expect("at first", try group.head(), 0)
    for taken in 1...4 {
      try channel.send([1])
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      try expect("buffer", reply.buffer, taken - 1)
      try expect("after \(taken)", try group.head(), taken)
    }
    let failed = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
    try expect("without a buffer", failed.outcome, .failure(ENOBUFS))
    try expect("hand-back", try group.provide(0, 4), .success)
    try expect("after a failure and a hand-back", try group.head(), 4)
    for receive in [Receive.recv, .recvmsg, .read, .readv, .recvMultishot] {
      let request = Request(receive)
      request.prepare(ring.entry(), channel.receiver, group: 0)
      ring.submit()
      try ring.expectSilence("\(receive.rawValue) without data")
      try expect("\(receive.rawValue) waits", try group.head(), 4)
      ring.cancel(1)
      _ = try (ring.wait(), ring.wait())
      try expect("\(receive.rawValue) was cancelled", try group.head(), 4)
    }
    try StreamChecks.expectFree(ring, group, "status")
    try expect("after four more", try group.head(), 8)
  }

  private static func wraps() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
    let group = try Group(ring, entries: 64)
    // Debugging kernels are slow. A group of theirs stops short of the wrap.
    let rounds = MemoryUse.isDebugging ? 100 : 1040
    for round in 0..<rounds {
      let requests = (0..<64).map { _ in Request(.recv) }
      for request in requests {
        try channel.send([1])
        request.prepare(ring.entry(), channel.receiver, group: 0)
      }
      ring.submit()
      for _ in requests { try require(try ring.wait().buffer != nil, "round \(round): no buffer") }
      try expect("hand-back", try group.provide(0, 64), .success)
      try expect("after \(64 * (round + 1))", try group.head(), 64 * (round + 1) % 65536)
    }
  }

  private static func errors() throws {
    let ring = try CheckRing()
    let group = try Group(ring, id: 3)
    for id: UInt32 in [0, 4, 65535] {
      var status = curing_buf_status()
      status.buf_group = id
      try expect("group \(id)", Outcome(curing_buf_ring_status(ring.handle, &status)), .failure(ENOENT))
    }
    var status = curing_buf_status()
    (status.buf_group, status.resv.7) = (3, 1)
    try expect("reserved", Outcome(curing_buf_ring_status(ring.handle, &status)), .failure(EINVAL))
    try expect("unregister", group.unregister(), .success)
    var gone = curing_buf_status()
    gone.buf_group = 3
    try expect("after unregister", Outcome(curing_buf_ring_status(ring.handle, &gone)), .failure(ENOENT))
  }
}
