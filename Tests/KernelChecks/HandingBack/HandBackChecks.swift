import CUring
import Glibc

/// `PROVIDE_BUFFERS` of a kernel-managed group.
enum HandBackChecks {
  static let all = [
    Check("hand-back-ranges") { try ranges() },
    Check("hand-back-refused") { try refused() },
    Check("hand-back-refuses-address") { try refusesAddress() },
    Check("hand-back-busy") { try busy() },
    Check("hand-back-silent") { try skipSuccess() },
  ]

  /// A group whose buffers are all out.
  private static func allOut(_ ring: CheckRing, _ entries: Int = 8) throws -> (Group, Channel) {
    let (group, channel) = (try Group(ring, entries: entries), try Channel(.unixSeqpacket))
    for buffer in 0..<entries { try expect("first use", try receive(ring, channel).buffer, buffer) }
    return (group, channel)
  }

  private static func receive(_ ring: CheckRing, _ channel: Channel) throws -> Reply {
    try channel.send([1])
    return try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
  }

  /// The free buffers, found by receiving until none is left. All are out afterwards.
  static func freeBuffers(_ ring: CheckRing, _ channel: Channel) throws -> [Int] {
    var buffers: [Int] = []
    while let buffer = try receive(ring, channel).buffer { buffers.append(buffer) }
    // The last message was not received. Without this read it would come first the next time.
    var byte: UInt8 = 0
    _ = read(channel.receiver, &byte, 1)
    return buffers
  }

  private static func ranges() throws {
    let ring = try CheckRing()
    let (group, channel) = try allOut(ring)
    for (first, count) in [(0, 8), (0, 1), (7, 1), (2, 5), (0, 7), (6, 2)] {
      try expect("\(count) from \(first)", try group.provide(first, count), .success)
      try expect("\(count) from \(first): free", try freeBuffers(ring, channel), Array(first..<(first + count)))
    }
  }

  /// A refused hand-back changes nothing, not even in part.
  private static func refused() throws {
    let ring = try CheckRing()
    let (group, channel) = try allOut(ring)
    try expect("hand-back of 3", try group.provide(3), .success)
    let inPart = [(3, 1), (0, 8), (2, 2), (3, 2), (0, 4), (7, 2)]
    let outside = [(8, 1), (9, 1), (65535, 1), (0, 9), (0, 65535), (1, 65535)]
    for (first, count) in inPart + outside {
      try expect("\(count) from \(first)", try group.provide(first, count), .failure(EINVAL))
    }
    // The kernel refuses these for any group, before it looks at the group.
    let impossible = [(0, 0, E2BIG), (0, -1, E2BIG), (0, 65537, E2BIG), (65536, 1, E2BIG), (65535, 2, EINVAL)]
    for (first, count, expected) in impossible {
      try expect("\(count) from \(first)", try group.provide(first, count), .failure(expected))
    }
    try expect("no other group", try provide(ring, 1), .failure(EINVAL))
    try expect("free after all that", try freeBuffers(ring, channel), [3])
  }

  private static func provide(_ ring: CheckRing, _ id: UInt16) throws -> Outcome {
    try ring.complete { Group.provide($0, id: id, first: 0, count: 1) }.outcome
  }

  /// Addresses and lengths are the kernel's. A hand-back that names one is refused, and changes nothing.
  private static func refusesAddress() throws {
    let ring = try CheckRing()
    let (group, channel) = try allOut(ring)
    let own = UInt64(UInt(bitPattern: group.base))
    let impossible: [(UInt64, UInt32)] = [
      (own, 4096), (own, 1), (own + 5, 1 << 20), (own, 0), (4096, 0), (0, 4096), (0, 1), (1, 1 << 30), (1, 0),
    ]
    for (address, length) in impossible {
      for count in [1, 8] {
        let seen = try group.provide(8 - count, count, address: address, length: length)
        try expect("address \(address), length \(length), \(count) buffers", seen, .failure(EINVAL))
      }
    }
    // The kernel may refuse these for any group, before it looks at the group.
    for (address, length): (UInt64, UInt32) in [
      (0xFFFF_8880_0000_0000, 4096), (~0, 4096), (1 << 63, 0), (~0, 0), (0, ~0), (1, 0x8000_0000),
    ] {
      let seen = try group.provide(4, address: address, length: length)
      let isRefused = [EFAULT, EOVERFLOW, EINVAL].contains(-seen.value)
      try require(isRefused, "address \(String(address, radix: 16)), length \(length): \(seen)")
    }
    try expect("free after all that", try freeBuffers(ring, channel), [])
    try expect("without either", try group.provide(4), .success)
    try expect("free", try freeBuffers(ring, channel), [4])
  }

  /// A buffer that a request holds is not out, and can't be handed back.
  private static func busy() throws {
    let ring = try CheckRing()
    let group = try Group(ring, entries: 4)
    let channel = try Channel(.tcp)
    let request = Request(.recv)
    request.length = 100
    request.messageFlags = Int32(MSG_WAITALL)
    request.prepare(ring.entry(), channel.receiver, group: 0)
    try channel.send(payload(0, 40))
    ring.submit()
    try ring.expectSilence("a receive that waits for more")
    for (first, count) in [(0, 1), (0, 4), (1, 1)] {
      try expect("\(count) from \(first), 0 being busy", try group.provide(first, count), .failure(EINVAL))
    }
    try channel.send(ArraySlice(payload(0, 100)[40...]))
    let reply = try ring.wait()
    try expect("received", reply.result, 100)
    try expect("buffer", reply.buffer, 0)
    try require(group.bytes(0).prefix(100).elementsEqual(payload(0, 100)), "wrong data")
    try expect("hand-back", try group.provide(0), .success)
  }

  /// Hand-backs that complete only when they fail, as in the benchmark.
  private static func skipSuccess() throws {
    let ring = try CheckRing.deferred()
    let (group, channel) = try allOut(ring)
    for round in 0..<2000 {
      let entry = ring.entry()
      Group.provide(entry, id: group.id, first: UInt64(round % 8), count: 1)
      entry.pointee.flags |= UInt8(CURING_IOSQE_CQE_SKIP_SUCCESS)
      try expect("round \(round)", try receive(ring, channel).buffer, round % 8)
    }
    let entry = ring.entry()
    Group.provide(entry, id: group.id, first: 8, count: 1)
    entry.pointee.flags |= UInt8(CURING_IOSQE_CQE_SKIP_SUCCESS)
    ring.submit()
    try expect("one that fails", try ring.wait().outcome, .failure(EINVAL))
  }
}
