import CKernelChecks
import CUring
import Glibc

/// Groups, mappings, rings and processes that end in every order.
enum LifetimeChecks {
  static let all =
    [
      Check("unregister-then-mapping") { try mappingOutlives(closesRing: false) },
      Check("close-then-mapping") { try mappingOutlives(closesRing: true) },
      Check("unregister-while-busy") { try unregisterWhileBusy() },
      Check("unregister-while-armed") { try unregisterWhileArmed() },
      Check("close-while-busy") { try closeWhileBusy() },
      Check("fork-with-mapping") { try forked() },
    ] + exits.map { part in Check("exit-\(part)") { try repeatedExit(part) } }

  private static let exits = ["outstanding", "armed", "busy", "reading", "killed"]

  /// Mapped memory stays, and belongs to the application alone. With it stays a closed ring, which the mapping holds.
  private static func mappingOutlives(closesRing: Bool) throws {
    try expectReleased("the mapping") {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 64, size: 8192)
      group.setGuard()
      if closesRing { ring.close() } else { try expect("unregister", group.unregister(), .success) }
      // If the pages were freed, these groups get them and write to them.
      let other = try CheckRing()
      let others = try (0..<16).map { (id: Int) throws in try Group(other, id: UInt16(id), entries: 64, size: 8192) }
      for other in others { other.setGuard(0) }
      usleep(200_000)
      try group.checkOthers(than: [], "memory after its group")
      memset(group.base, 0x11, group.byteCount)
      for id in 0..<16 {
        let channel = try Channel(.unixSeqpacket)
        try channel.send(payload(id, 8000))
        let reply = try other.complete { Request(.recv).prepare($0, channel.receiver, group: UInt16(id)) }
        try expect("another group", reply.result, 8000)
      }
      try require(cchecks_all(group.base, group.byteCount, 0x11) != 0, "memory was written after its group had gone")
      group.unmap()
    }
  }

  /// Runs something several times. All its memory has to come back.
  private static func expectReleased(_ what: String, _ work: () throws -> Void) throws {
    try work()
    let before = MemoryUse.settled()
    for _ in 0..<3 { try work() }
    try MemoryUse.expectReturn(to: before, what)
  }

  /// A request holds a buffer while another group replaces its group.
  private static func unregisterWhileBusy() throws {
    for (transport, isAsynchronous) in [(Transport.tcp, false), (.tcp, true), (.unixStream, false)] {
      let (ring, channel) = (try CheckRing(), try Channel(transport))
      let old = try Group(ring, entries: 2)
      old.setGuard()
      let request = Request(.recv)
      (request.length, request.messageFlags, request.isAsynchronous) = (1000, Int32(MSG_WAITALL), isAsynchronous)
      try channel.send(payload(1, 1000)[..<400])
      request.prepare(ring.entry(), channel.receiver, group: 0)
      ring.submit()
      usleep(5000)
      try ring.expectSilence("a receive that waits for more")
      try expect("unregister", old.unregister(), .success)
      let new = try Group(ring, entries: 2, size: 16384)
      new.setGuard()
      try channel.send(payload(1, 1000)[400...])
      let reply = try ring.wait()
      try expect("length", reply.result, 1000)
      try old.check(reply.buffer ?? 0, holds: payload(1, 1000)[...], "the old group's memory")
      try new.checkOthers(than: [], "the new group's memory")
      // The buffer belonged to the old group. In the new group it is not out.
      try expect("hand-back to the new group", try new.provide(reply.buffer ?? 0), .failure(EINVAL))
      try StreamChecks.expectFree(ring, new, "the new group")
    }
  }

  /// An armed multishot uses the next group of the same id, and ends when there is none.
  private static func unregisterWhileArmed() throws {
    for (transport, receive) in [(Transport.unixSeqpacket, Receive.recvMultishot), (.pipePacket, .readMultishot)] {
      let (ring, channel) = (try CheckRing(), try Channel(transport))
      let old = try Group(ring, entries: 4)
      let request = Request(receive)
      request.prepare(ring.entry(), channel.receiver, group: 0)
      ring.submit()
      try expect("unregister", old.unregister(), .success)
      let new = try Group(ring, entries: 4, size: 8192)
      try channel.send(payload(1, 500))
      let reply = try ring.wait()
      try expect("length", reply.result, 500)
      let data = new.bytes(reply.buffer ?? 0).prefix(500)
      try require(data.elementsEqual(payload(1, 500)), "wrong data in the new group")
      try expect("unregister", new.unregister(), .success)
      try channel.send(payload(1, 500))
      let end = try ring.wait()
      try expect("without a group", end.outcome, .failure(ENOBUFS))
      try require(!end.hasMore, "goes on without a group")
    }
  }

  /// The ring ends while requests hold buffers: receives that wait for the rest of their data, and reads that wait in
  /// io-wq. The mapping goes first, as it would hold the ring. Then nothing else is written, and all memory comes back.
  private static func closeWhileBusy() throws {
    try expectReleased("busy requests") {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 64, size: 65536)
      let channels = try (0..<48).map { index in
        try Channel([Transport.tcp, .unixStream, .pipe, .unixSeqpacket][index % 4])
      }
      let requests = try channels.enumerated().map { index, channel in
        let request = Request(channel.transport.isSocket && index % 4 < 2 ? .recv : .read)
        if request.receive == .recv {
          (request.length, request.messageFlags) = (1000, Int32(MSG_WAITALL))
          try channel.send(payload(index, 1000)[..<400])
        }
        request.isAsynchronous = index % 8 >= 4 || request.receive == .read
        request.prepare(ring.entry(), channel.receiver, group: 0, userData: UInt64(100 + index))
        return request
      }
      try expect("submitted", ring.submit(), Int32(channels.count))
      // All of them hold their buffers when the last has taken it.
      for _ in 0..<600 where try group.head() < channels.count { usleep(10_000) }
      try expect("buffers in use", try group.head(), channels.count)
      try ring.expectSilence("requests that wait")
      group.unmap()
      ring.close()
      // If a page is freed too early, these groups get it, and the rest of the data would be written to them.
      let other = try CheckRing()
      let others = try (0..<4).map { (id: Int) throws in try Group(other, id: UInt16(id), entries: 64, size: 65536) }
      for group in others { group.setGuard() }
      for (index, channel) in channels.enumerated() { try channel.send(payload(index, 1000)[400...]) }
      usleep(50_000)
      for group in others { try group.checkOthers(than: [], "after the ring's end") }
      withExtendedLifetime(requests) {}
    }
  }

  /// Parent and child see the same memory. It stays when the child ends.
  private static func forked() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
    let group = try Group(ring, entries: 4)
    for isRegistered in [true, false] {
      if !isRegistered { try expect("unregister", group.unregister(), .success) }
      memset(group.base, 0x22, group.byteCount)
      var bytes = cchecks_bytes(
        bytes: group.base.assumingMemoryBound(to: UInt8.self), count: group.byteCount, value: 0x22, next: 0x33)
      let child = try succeed("fork", cchecks_fork(cchecks_replace, &bytes))
      try expect("child", Child.wait(child), .exited(0))
      try require(cchecks_all(group.base, group.byteCount, 0x33) != 0, "the child's writes are not seen")
      guard isRegistered else { continue }
      try channel.send(payload(1, 100))
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      try expect("length", reply.result, 100)
    }
  }

  private static func repeatedExit(_ part: String) throws {
    for _ in 0..<3 { try end(part) }
    let before = MemoryUse.settled()
    for _ in 0..<(MemoryUse.isDebugging ? 20 : 60) { try end(part) }
    try MemoryUse.expectReturn(to: before, "exit, \(part)")
  }

  private static func end(_ part: String) throws {
    let process = try Child.start("exit-\(part)")
    guard part == "killed" else { return try expect("child", Child.wait(process), .exited(0)) }
    usleep(useconds_t(100_000 + process % 50 * 3000))
    kill(process, SIGKILL)
    try expect("child", Child.wait(process), .signalled(SIGKILL))
  }
}
