import CKernelChecks
import CUring
import Glibc

/// Registered memory is accounted while it is in use, and freed afterwards.
enum MemoryChecks {
  static let all = [
    Check("cycles-register") { try cycles(isMapped: false) },
    Check("cycles-mmap") { try cycles(isMapped: true) },
    Check("cycles-failing") { try failing() },
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

  /// Registrations that fail, some after they have got a part of their memory.
  private static func failing() throws {
    let ring = try CheckRing()
    let cycle = { (round: Int) in
      _ = Group.register(ring, id: 0, entries: 32768, size: 65536)
      _ = Group.register(ring, id: 0, entries: 8, size: 4095)
      _ = Group.register(ring, id: 0, entries: 7, size: 4096)
      _ = Group.register(ring, id: 0, entries: 16384, size: 1 << 31)
    }
    for round in 0..<3 { cycle(round) }
    let before = MemoryUse.settled()
    for round in 0..<30 { cycle(round) }
    try MemoryUse.expectReturn(to: before, "failing registrations")
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
