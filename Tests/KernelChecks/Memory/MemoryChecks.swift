import CKernelChecks
import CUring
import Glibc

/// Registered memory is accounted while it is in use, and freed afterwards.
enum MemoryChecks {
  static let all = [
    Check("cycles-register") { try cycles(isMapped: false) },
    Check("cycles-mmap") { try cycles(isMapped: true) },
    Check("cycles-failing") { try failing() },
    Check("cycles-halfway") { try halfway() },
    Check("cycles-one-page") { try onePage() },
    Check("cycles-rings") { try rings() },
  ]

  private static let cycleCount = MemoryUse.isDebugging ? 2000 : 10_000
  private static let ringCount = MemoryUse.isDebugging ? 200 : 1000

  private static func cycles(isMapped: Bool) throws {
    let ring = try CheckRing()
    let cycle = { (round: Int) throws in
      let hasRefill = round % 2 == 1
      // Every hundredth group has fewer buffers, whose pages are not contiguous.
      let (entries, size) = round % 100 == 50 ? (2, 5 << 20) : (8, round % 3 == 0 ? 4096 : 12288)
      let registered = Group.register(
        ring, id: UInt16(round % 64), entries: UInt32(entries), size: UInt64(size), hasRefill: hasRefill)
      try expect("round \(round)", registered, .success)
      if isMapped {
        let bytes = Group.byteCount(entries, size, hasRefill)
        guard let base = Group.map(ring, id: UInt16(round % 64), byteCount: bytes) else {
          throw CheckFailure("round \(round): mmap: \(Outcome.failure(errno))")
        }
        for offset in stride(from: 0, to: bytes, by: pageSize) {
          base.storeBytes(of: round, toByteOffset: offset, as: Int.self)
        }
        // Every fifth time the mapping goes first.
        if round % 5 == 0 { munmap(base, bytes) }
        try expect("round \(round)", Group.unregister(ring, id: UInt16(round % 64)), .success)
        if round % 5 != 0 { munmap(base, bytes) }
      } else {
        try expect("round \(round)", Group.unregister(ring, id: UInt16(round % 64)), .success)
      }
    }
    for round in 0..<300 { try cycle(round) }
    let before = MemoryUse.settled()
    for round in 0..<cycleCount { try cycle(round) }
    try MemoryUse.expectReturn(to: before, "\(cycleCount) cycles\(isMapped ? " with mmap" : "")")
  }

  /// Registrations that are refused before anything is allocated, or for what they ask.
  private static func failing() throws {
    let ring = try CheckRing()
    let impossible: [(UInt32, UInt64)] = [(32768, 65536), (8, 4095), (7, 4096), (16384, 1 << 31)]
    let cycle = { () throws in
      for (entries, size) in impossible {
        let seen = Group.register(ring, id: 0, entries: entries, size: size)
        try require(seen.value < 0, "\(entries) buffers of \(size): \(seen)")
      }
    }
    for _ in 0..<3 { try cycle() }
    let before = MemoryUse.settled()
    for _ in 0..<MemoryUse.cyclesForOnePage { try cycle() }
    try MemoryUse.expectReturn(to: before, "refused registrations")
  }

  /// Registrations of more memory than is free, but less than there is. The kernel takes all it can get, fails, and
  /// gives it back. Nobody else runs out of memory.
  private static func halfway() throws {
    let ring = try CheckRing()
    // Buffers of less than a MiB are contiguous as long as they can be. Larger ones are soon in pieces.
    for entries in [4096, 64, 2] {
      let all = MemoryUse.freeAndTotal()
      try expectTooMuch(ring, entries: entries, (all.free + all.total) / 2)
      let before = MemoryUse.settled()
      // With most of the memory taken, a cycle is quick.
      let most = MemoryUse.freeAndTotal().free - (64 << 20)
      let filler = Group.register(ring, id: 1, entries: 1024, size: UInt64(most / 1024 / pageSize * pageSize))
      try expect("most of the memory", filler, .success)
      for _ in 0..<MemoryUse.cyclesForOnePage {
        try expectTooMuch(ring, entries: entries, MemoryUse.freeAndTotal().free + (64 << 20))
      }
      try expect("unregister", Group.unregister(ring, id: 1), .success)
      try MemoryUse.expectReturn(to: before, "out of memory halfway, \(entries) buffers")
      let group = try Group(ring)
      try StreamChecks.expectFree(ring, group, "afterwards")
      try expect("unregister", group.unregister(), .success)
    }
  }

  private static func expectTooMuch(_ ring: CheckRing, entries: Int, _ byteCount: Int) throws {
    let size = byteCount / entries / pageSize * pageSize
    let (free, total) = MemoryUse.freeAndTotal()
    try require(free < entries * size && entries * size < total, "\(free) of \(total) bytes are free: too many")
    let seen = Group.register(ring, id: 0, entries: UInt32(entries), size: UInt64(size))
    try expect("\(entries) buffers of \(size)", seen, .failure(ENOMEM))
  }

  /// The measurement itself: it sees one page that each cycle keeps, and sees it come back. The pages are kept by
  /// reference in a pipe. They stay what they were when group and mapping are gone.
  private static func onePage() throws {
    let ring = try CheckRing()
    var pipes: [Channel] = []
    let cycle = { (round: Int) throws in
      let group = try Group(ring, entries: 4)
      group.setGuard()
      memset(group.bytes(2).baseAddress!, Int32(round), pageSize)
      if let pipe = pipes.last {
        let count = cchecks_splice_pages(pipe.sender, group.bytes(2).baseAddress!, pageSize)
        try expect("vmsplice", count, pageSize)
      }
      try expect("unregister", group.unregister(), .success)
    }
    pipes.append(try Channel(.pipe))
    try cycle(0)
    pipes = []
    try cycle(0)
    let before = MemoryUse.settled()
    pipes.append(try Channel(.pipe))
    for round in 0..<MemoryUse.cyclesForOnePage { try cycle(round) }
    let kept = MemoryUse.settled()
    try require(!kept.isNoMore(than: before), "one page in each cycle is not seen: before \(before); after \(kept)")
    var page = [UInt8](repeating: 0, count: pageSize)
    for round in 0..<MemoryUse.cyclesForOnePage {
      try expect("page \(round)", read(pipes[0].receiver, &page, pageSize), pageSize)
      try require(page.allSatisfy { $0 == UInt8(round) }, "page \(round) has changed")
    }
    pipes = []
    try MemoryUse.expectReturn(to: before, "pages in a pipe")
  }

  /// Rings that end while they have groups, mappings and buffers that are out.
  private static func rings() throws {
    let cycle = { (round: Int) throws in
      let ring = try round % 2 == 0 ? CheckRing() : CheckRing.deferred()
      let group = try Group(ring, entries: 16, hasRefill: true)
      let channel = try Channel(.unixSeqpacket)
      try channel.send([1])
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      try expect("buffer", reply.buffer, 0)
      Request(.recvMultishot).prepare(ring.entry(), channel.receiver, group: 0)
      ring.submit()
      if round % 3 == 0 { group.unmap() }
      ring.close()
    }
    for round in 0..<50 { try cycle(round) }
    let before = MemoryUse.settled()
    for round in 0..<ringCount { try cycle(round) }
    try MemoryUse.expectReturn(to: before, "\(ringCount) rings")
  }
}
