import CKernelChecks
import Glibc

/// A way for data to reach a receive.
enum Transport: String, CaseIterable, Sendable {
  case tcp, udp, pipe
  case unixStream = "unix-stream"
  case unixSeqpacket = "unix-seqpacket"
  case pipePacket = "pipe-packet"

  var isSocket: Bool { self != .pipe && self != .pipePacket }
  var keepsMessages: Bool { self == .udp || self == .unixSeqpacket || self == .pipePacket }
}

/// Two connected ends. The ring receives from `receiver`.
final class Channel {
  let transport: Transport
  let receiver: Int32
  private(set) var sender: Int32

  init(_ transport: Transport) throws {
    self.transport = transport
    switch transport {
    case .tcp: (receiver, sender) = try Self.tcp()
    case .udp: (receiver, sender) = try Self.udp()
    case .unixStream: (receiver, sender) = try Self.pair(SOCK_STREAM)
    case .unixSeqpacket: (receiver, sender) = try Self.pair(SOCK_SEQPACKET)
    case .pipe: (receiver, sender) = try Self.pipe(packets: false)
    case .pipePacket: (receiver, sender) = try Self.pipe(packets: true)
    }
  }

  deinit {
    close(receiver)
    closeSender()
  }

  func closeSender() {
    if sender >= 0 { close(sender) }
    sender = -1
  }

  func send(_ bytes: ArraySlice<UInt8>) throws {
    let written = bytes.withUnsafeBytes { write(sender, $0.baseAddress, $0.count) }
    guard written == bytes.count else {
      let seen = "\(written), \(Outcome.failure(errno))"
      throw CheckFailure("sending \(bytes.count) bytes over \(transport.rawValue): \(seen)")
    }
  }

  func send(_ bytes: [UInt8]) throws { try send(bytes[...]) }

  // MARK: Opening

  private static func pair(_ type: __socket_type) throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    try succeed("socketpair", socketpair(AF_UNIX, Int32(type.rawValue), 0, &ends))
    for end in ends { enlarge(end) }
    return (ends[0], ends[1])
  }

  private static func pipe(packets: Bool) throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    try succeed("pipe2", cchecks_pipe(&ends, packets ? 1 : 0))
    return (ends[0], ends[1])
  }

  private static func tcp() throws -> (Int32, Int32) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = try bound(listener)
    try succeed("listen", listen(listener, 1))
    let sender = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    enlarge(sender)
    try succeed("connect", withSocketAddress(&address) { connect(sender, $0, $1) })
    let receiver = try succeed("accept", accept(listener, nil, nil))
    var one: Int32 = 1
    setsockopt(sender, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    enlarge(receiver)
    return (receiver, sender)
  }

  private static func udp() throws -> (Int32, Int32) {
    let receiver = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    let sender = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    enlarge(receiver)
    enlarge(sender)
    var address = try bound(receiver)
    _ = try bound(sender)
    try succeed("connect", withSocketAddress(&address) { connect(sender, $0, $1) })
    return (receiver, sender)
  }

  /// Binds to a free port of the loopback interface and returns its address.
  private static func bound(_ descriptor: Int32) throws -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    try succeed("bind", withSocketAddress(&address) { bind(descriptor, $0, $1) })
    return try name(of: descriptor)
  }

  static func name(of descriptor: Int32) throws -> sockaddr_in {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try succeed(
      "getsockname",
      withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
      })
    return address
  }

  private static func withSocketAddress(
    _ address: inout sockaddr_in, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  private static func enlarge(_ descriptor: Int32) {
    var size: Int32 = 1 << 20
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, 4)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, 4)
  }
}

@discardableResult
func succeed(_ call: String, _ result: Int32) throws -> Int32 {
  guard result >= 0 else { throw CheckFailure("\(call): \(Outcome.failure(errno))") }
  return result
}
