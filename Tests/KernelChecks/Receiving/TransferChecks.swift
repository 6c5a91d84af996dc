import CUring
import Glibc

/// Receives data over every transport with every request, verifies each byte, and checks that nothing else is written.
enum TransferChecks {
  static var all: [Check] {
    Transport.allCases.flatMap { transport in
      Receive.allCases.filter { $0.isPossible(on: transport) }.map { receive in
        Check("transfer-\(transport.rawValue)-\(receive.rawValue)") { try everyShape(transport, receive) }
      }
    }
      + Transport.allCases.map { transport in Check("sqpoll-\(transport.rawValue)") { try submissionThread(transport) }
      }
  }

  /// The kernel's own thread submits the requests (`IORING_SETUP_SQPOLL`).
  private static func submissionThread(_ transport: Transport) throws {
    for receive in Receive.allCases where receive.isPossible(on: transport) {
      for (size, isAsynchronous) in [(4096, false), (65536, true)] {
        let ring = try CheckRing(flags: UInt32(IORING_SETUP_SQPOLL))
        try Transfer(ring, transport, receive, size: size, isAsynchronous: isAsynchronous).run()
      }
    }
  }

  private static func everyShape(_ transport: Transport, _ receive: Receive) throws {
    for (size, isAsynchronous, isDeferred) in [
      (4096, false, false), (8192, false, true), (8192, true, false), (65536, false, true), (65536, true, true),
    ] {
      let ring = try isDeferred ? CheckRing.deferred() : CheckRing()
      let transfer = try Transfer(ring, transport, receive, size: size, isAsynchronous: isAsynchronous)
      try transfer.run()
    }
  }
}

/// One receiver, one group, many messages.
final class Transfer {
  private static let entries = 4

  private let ring: CheckRing
  private let channel: Channel
  private let group: Group
  private let request: Request
  private let what: String
  private var isArmed = false
  /// Completions that came while a buffer was handed back.
  private var pending: [Reply] = []

  init(_ ring: CheckRing, _ transport: Transport, _ receive: Receive, size: Int, isAsynchronous: Bool) throws {
    self.ring = ring
    channel = try Channel(transport)
    group = try Group(ring, id: 7, entries: Self.entries, size: size)
    request = Request(receive)
    request.isAsynchronous = isAsynchronous
    if receive == .recvmsgMultishot { request.nameLength = 32 }
    what = "buffers of \(size)\(isAsynchronous ? ", from io-wq" : "")"
  }

  func run() throws {
    group.setGuard()
    let room = group.size - request.prefix
    for (message, size) in [1, 64, 1000, 4095, 4096, room - 1, room, 3, room, 17, 4097, 8].enumerated() {
      // A packet of a pipe is at most a page.
      let limit = min(room, channel.transport == .pipePacket ? pageSize : channel.transport == .udp ? 65507 : .max)
      try transfer(message, payload(message, min(size, limit)))
    }
    if !channel.transport.keepsMessages { try transfer(100, payload(100, room * 2 + 5)) }
    channel.closeSender()
  }

  /// Every second message is sent before the receive is submitted.
  private func transfer(_ message: Int, _ bytes: [UInt8]) throws {
    let what = "message \(message) of \(bytes.count) bytes, \(what)"
    if message % 2 == 0 { try channel.send(bytes) }
    if !isArmed { arm() }
    if message % 2 == 1 { try channel.send(bytes) }
    var got = 0
    while got < bytes.count {
      if !isArmed { arm() }
      let reply = pending.isEmpty ? try ring.wait(what) : pending.removeFirst()
      try require(reply.userData == 1, "\(what): unexpected completion \(reply)")
      isArmed = reply.hasMore
      got += try verify(reply, bytes[got...], what)
    }
  }

  private func arm() {
    request.prepare(ring.entry(), channel.receiver, group: group.id)
    ring.submit()
    isArmed = true
  }

  /// Checks the data that has arrived, hands the buffer back, and returns the number of bytes of the message.
  private func verify(_ reply: Reply, _ rest: ArraySlice<UInt8>, _ what: String) throws -> Int {
    guard reply.result > 0, let buffer = reply.buffer, buffer < group.entries else {
      throw CheckFailure("\(what): expected data in a buffer, seen \(reply)")
    }
    if request.receive.isMultishot { try require(reply.hasMore, "\(what): multishot has ended, \(reply)") }
    let count = reply.result - request.prefix
    try require(count > 0 && count <= rest.count, "\(what): \(count) bytes, \(rest.count) are left")
    if channel.transport.keepsMessages { try expect("\(what): length", count, rest.count) }
    if request.receive == .recvmsgMultishot { try verifyHeader(buffer, count, what) }
    if request.receive == .recvmsg { try verifyName(request.senderName, request.senderNameLength, what) }
    try group.check(buffer, holds: rest.prefix(count), at: request.prefix, what)
    // A message that is longer than a buffer may be in the next ones already.
    if count == rest.count { try group.checkOthers(than: [buffer], what) }
    group.setGuard(buffer)
    pending += try group.giveBack(buffer)
    return count
  }

  private func verifyHeader(_ buffer: Int, _ count: Int, _ what: String) throws {
    let bytes = UnsafeRawBufferPointer(group.bytes(buffer))
    let header = bytes.loadUnaligned(as: io_uring_recvmsg_out.self)
    try expect("\(what): payloadlen", Int(header.payloadlen), count)
    try expect("\(what): controllen", header.controllen, 0)
    let name = bytes.loadUnaligned(fromByteOffset: 16, as: sockaddr_in.self)
    try verifyName(name, Int(header.namelen), what)
    let written = channel.transport == .udp ? MemoryLayout<sockaddr_in>.size : 0
    for offset in (16 + written)..<request.prefix {
      try expect("\(what): byte \(offset), between name and payload", bytes[offset], Group.guardByte)
    }
  }

  /// UDP names its sender; the others here have no name.
  private func verifyName(_ name: sockaddr_in, _ length: Int, _ what: String) throws {
    guard channel.transport == .udp else { return try expect("\(what): namelen", length, 0) }
    let sender = try Channel.name(of: channel.sender)
    try expect("\(what): namelen", length, MemoryLayout<sockaddr_in>.size)
    try expect("\(what): the sender's port", name.sin_port, sender.sin_port)
    try expect("\(what): the sender's address", name.sin_addr.s_addr, sender.sin_addr.s_addr)
  }
}
