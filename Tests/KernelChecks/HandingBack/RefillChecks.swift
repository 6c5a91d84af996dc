import CKernelChecks
import Glibc

/// The page of buffer ids behind the buffers, `struct io_kmbuf_refill` of `Kernel/io_uring/kmbuf.h`: a tail, a count of
/// refused ids, and from byte 64 as many 16-bit ids as there are buffers.
struct RefillPage {
  /// The group that the page belongs to.
  let group: Group

  init(_ group: Group) { self.group = group }

  var base: UnsafeMutableRawPointer { group.base + group.entries * group.size }

  private var words: UnsafeMutablePointer<UInt32> { base.assumingMemoryBound(to: UInt32.self) }

  var tail: UInt32 { cchecks_load32(words) }
  var refused: UInt32 { cchecks_load32(words + 1) }

  func setTail(_ tail: UInt32) { cchecks_store_release32(words, tail) }

  func store(_ buffer: Int, at index: UInt32) {
    base.storeBytes(of: UInt16(buffer), toByteOffset: 64 + 2 * (Int(index) % group.entries), as: UInt16.self)
  }

  /// Hands buffers back.
  func add(_ buffers: [Int]) {
    var tail = tail
    for buffer in buffers {
      store(buffer, at: tail)
      tail &+= 1
    }
    setTail(tail)
  }
}

enum RefillChecks {
  static let all = [
    Check("refill-many") { try many() },
    Check("refill-both-ways") { try bothWays() },
    Check("refill-refused") { try refused() },
    Check("refill-wild-tail") { try wildTail() },
    Check("refill-garbage") { try garbage() },
  ]

  private static func receive(_ ring: CheckRing, _ channel: Channel) throws -> Reply {
    try channel.send([1])
    let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
    var byte: UInt8 = 0
    if reply.result < 0 { _ = read(channel.receiver, &byte, 1) }
    return reply
  }

  private static func fresh(_ entries: Int = 8) throws -> (CheckRing, Channel, RefillPage) {
    let ring = try CheckRing()
    let group = try Group(ring, entries: entries, hasRefill: true)
    let page = RefillPage(group)
    try expect("tail at first", page.tail, 0)
    return (ring, try Channel(.unixSeqpacket), page)
  }

  /// Goes past the wrap of 16-bit counts, except on debugging kernels, which are slow.
  private static func many() throws {
    for entries in [1, 8, 4096] {
      let (ring, channel, page) = try fresh(entries)
      var out: [Int] = []
      for round in 0..<(entries == 8 && !MemoryUse.isDebugging ? 140_000 : 12_000) {
        if out.count == entries || (!out.isEmpty && round % 7 == 0) {
          page.add(out)
          out = []
        }
        let reply = try receive(ring, channel)
        guard let buffer = reply.buffer else { throw CheckFailure("\(entries) buffers, round \(round): \(reply)") }
        out.append(buffer)
      }
      try expect("refused", page.refused, 0)
    }
  }

  private static func bothWays() throws {
    let (ring, channel, page) = try fresh()
    for _ in 0..<8 { _ = try receive(ring, channel) }
    page.add([6, 2])
    try expect("by request", try page.group.provide(4), .success)
    // Ids in the page are used when no other buffer is left.
    try expect("order", try (0..<3).map { _ in try receive(ring, channel).buffer }, [4, 6, 2])
    try expect("then", try receive(ring, channel).outcome, .failure(ENOBUFS))
    // A buffer that is handed back both ways counts once.
    page.add([5])
    try expect("by request", try page.group.provide(5), .success)
    try expect("once", try receive(ring, channel).buffer, 5)
  }

  private static func refused() throws {
    let (ring, channel, page) = try fresh()
    page.add([0, 1, 2])
    for expected in 0..<8 { try expect("first use", try receive(ring, channel).buffer, expected) }
    // These were not out when they were stored, but they are when the kernel reads them.
    try expect("late", try (0..<3).map { _ in try receive(ring, channel).buffer }, [0, 1, 2])
    page.add([8, 65535, 4, 4, 1000, 6])
    try expect("what is left", try (0..<2).map { _ in try receive(ring, channel).buffer }, [4, 6])
    try expect("refused", page.refused, 4)
    try expect("then", try receive(ring, channel).outcome, .failure(ENOBUFS))
    page.add([3, 3, 3, 3, 3, 3, 3, 3])
    try expect("one of eight", try receive(ring, channel).buffer, 3)
    try expect("refused", page.refused, 11)
    page.base.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
    page.add([9, 2])
    try expect("after scribbling over the count", try receive(ring, channel).buffer, 2)
    try expect("the kernel's own count", page.refused, 12)
  }

  /// The kernel never takes more buffers than there are. After any jump of the tail it goes on from there.
  private static func wildTail() throws {
    for jump: UInt32 in [1 << 31, ~0, (1 << 31) - 1, 9, 1 << 16, 65535, 0x1234_5678] {
      let (ring, channel, page) = try fresh()
      for _ in 0..<8 { _ = try receive(ring, channel) }
      page.setTail(page.tail &+ jump)
      var buffers: [Int] = []
      while let buffer = try receive(ring, channel).buffer, buffers.count < 100 { buffers.append(buffer) }
      try require(buffers.count <= 8, "a jump of \(jump): \(buffers.count) buffers of 8: \(buffers)")
      // All are out again, and the page works as before.
      page.add([7, 5])
      try expect("after a jump of \(jump)", try (0..<2).map { _ in try receive(ring, channel).buffer }, [7, 5])
      try expect("then", try receive(ring, channel).outcome, .failure(ENOBUFS))
    }
  }

  private static func garbage() throws {
    var random = Random(seed: 11)
    let (ring, channel, page) = try fresh(16)
    for round in 0..<3000 {
      for offset in stride(from: 0, to: 96, by: 8) {
        page.base.storeBytes(of: random.next(), toByteOffset: offset, as: UInt64.self)
      }
      let reply = try receive(ring, channel)
      let isFine = reply.outcome == .failure(ENOBUFS) || reply.buffer.map { $0 < page.group.entries } == true
      try require(isFine, "round \(round): \(reply)")
    }
  }
}
