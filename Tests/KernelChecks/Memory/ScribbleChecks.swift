import CKernelChecks
import CUring
import Glibc

/// The kernel takes nothing that the application writes for an address, a length or an id. While data is received,
/// another thread writes random words over all memory that is shared with the kernel.
enum ScribbleChecks {
  static let all = [
    Check("scribble-buffers") { try scribble(hasRefill: false) },
    Check("scribble-refill") { try scribble(hasRefill: true) },
  ]

  private static func scribble(hasRefill: Bool) throws {
    for size in [4096, 65536, 8 << 20] {
      let canaries = try Canaries()
      let ring = try CheckRing()
      let group = try Group(ring, id: 3, entries: 8, size: size, hasRefill: hasRefill)
      let bystander = try Group(ring, id: 4, entries: 8, size: 8192)
      bystander.setGuard()
      let stop = Shared<Int32>(0)
      let memory = SharedBytes(base: group.base, count: group.byteCount)
      let scribbler = Worker {
        cchecks_scribble(memory.base.assumingMemoryBound(to: UInt64.self), memory.count / 8, stop.at, 77)
      }
      defer {
        cchecks_store(stop.at, 1)
        scribbler.join()
      }
      try traffic(ring, group, hasRefill)
      try bystander.checkOthers(than: [], "another group, scribbling over buffers of \(size)")
      try canaries.check("scribbling over buffers of \(size)")
    }
  }

  private static func traffic(_ ring: CheckRing, _ group: Group, _ hasRefill: Bool) throws {
    let file = try FileChecks.File("/var/tmp/scribble", 1 << 20, isDirect: true)
    for transport in Transport.allCases {
      for receive in Receive.allCases where receive.isPossible(on: transport) && !receive.isMultishot {
        try oneshot(ring, group, transport, receive, hasRefill)
      }
      for receive in Receive.allCases where receive.isPossible(on: transport) && receive.isMultishot {
        try multishot(ring, group, transport, receive, hasRefill)
      }
    }
    for round in 0..<100 {
      let request = Request(.read)
      request.isAsynchronous = round % 2 == 0
      let offset = UInt64(round) << 12
      let reply = try ring.complete { request.prepare($0, file.descriptor, group: group.id, offset: offset) }
      try verify(reply, min(group.size, file.data.count - round << 12), group, hasRefill, "direct read")
    }
  }

  private static func oneshot(
    _ ring: CheckRing, _ group: Group, _ transport: Transport, _ receive: Receive, _ hasRefill: Bool
  ) throws {
    let channel = try Channel(transport)
    for message in 0..<60 {
      try channel.send(payload(message, 100 + message))
      let request = Request(receive)
      request.isAsynchronous = message % 3 == 0
      let reply = try ring.complete { request.prepare($0, channel.receiver, group: group.id) }
      try verify(reply, 100 + message, group, hasRefill, "\(transport.rawValue) \(receive.rawValue)")
      var rest = [UInt8](repeating: 0, count: 1000)
      if reply.result < 0 { _ = read(channel.receiver, &rest, rest.count) }
    }
  }

  private static func multishot(
    _ ring: CheckRing, _ group: Group, _ transport: Transport, _ receive: Receive, _ hasRefill: Bool
  ) throws {
    let channel = try Channel(transport)
    let request = Request(receive)
    var isArmed = false
    var missed = 0
    for message in 0..<60 {
      if !isArmed {
        request.prepare(ring.entry(), channel.receiver, group: group.id)
        ring.submit()
        isArmed = true
      }
      if missed == 0 { try channel.send(payload(message, 100)) }
      let reply = try ring.wait("\(transport.rawValue) \(receive.rawValue)")
      isArmed = reply.hasMore
      missed = reply.result < 0 ? missed + 1 : 0
      try require(missed < 50, "\(receive.rawValue): \(reply) again and again")
      try verify(reply, 100 + request.prefix, group, hasRefill, "\(transport.rawValue) \(receive.rawValue)")
    }
    guard isArmed else { return }
    ring.cancel(1)
    while try ring.wait().hasMore {}
    while ring.poll() != nil {}
    usleep(1000)
    while ring.poll() != nil {}
  }

  /// Checks the length and the buffer, and hands the buffer back. Without a refill page nobody else can do that.
  private static func verify(
    _ reply: Reply, _ length: Int, _ group: Group, _ hasRefill: Bool, _ what: String
  ) throws {
    // The scribbler may hand back any number of buffers, or none: the kernel accepts those ids that are out.
    if hasRefill && reply.outcome == .failure(ENOBUFS) { return try giveAllBack(group) }
    try expect(what, reply.result, length)
    guard let buffer = reply.buffer, buffer < group.entries else { throw CheckFailure("\(what): \(reply)") }
    Group.provide(group.ring.entry(), id: group.id, first: UInt64(buffer), count: 1)
    group.ring.submit()
    let result = try group.ring.wait("hand-back")
    if !hasRefill { try expect("\(what): hand-back of \(buffer)", result.outcome, .success) }
  }

  private static func giveAllBack(_ group: Group) throws {
    for buffer in 0..<group.entries { _ = try group.provide(buffer) }
  }
}

/// Other memory of this process, which must not change.
final class Canaries {
  private let blocks: [UnsafeMutableRawPointer]
  private static let size = 1 << 20

  init() throws {
    blocks = try (0..<8).map { _ in
      let block = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let block, block != MAP_FAILED else { throw CheckFailure("mmap: \(Outcome.failure(errno))") }
      memset(block, 0x5C, Self.size)
      return block
    }
  }

  deinit { for block in blocks { munmap(block, Self.size) } }

  func check(_ what: String) throws {
    for block in blocks {
      try require(cchecks_all(block, Self.size, 0x5C) != 0, "\(what): memory elsewhere has changed")
    }
  }
}
