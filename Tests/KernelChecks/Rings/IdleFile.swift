import CKernelChecks
import Glibc

/// A file without data, which a read waits for. Data can be put into it.
final class IdleFile {
  enum Kind: String, CaseIterable, Sendable {
    case tcp, udp, pipe, terminal
    case unixStream = "unix-stream"
    case unixSeqpacket = "unix-seqpacket"
    case eventCounter = "eventfd"

    var isSocket: Bool { transport?.isSocket == true }

    fileprivate var transport: Transport? { Transport(rawValue: rawValue) }
  }

  /// The end to read from.
  let descriptor: Int32
  private let kind: Kind
  private let channel: Channel?
  /// The terminal's other end.
  private let writer: Int32

  init(_ kind: Kind) throws {
    self.kind = kind
    channel = try kind.transport.map { try Channel($0) }
    switch kind {
    case .eventCounter: (descriptor, writer) = (try succeed("eventfd", cchecks_event_counter()), -1)
    case .terminal:
      var ends: [Int32] = [-1, -1]
      guard cchecks_terminal(&ends) == 0 else {
        throw CheckNotPossible(reason: "the kernel has no pseudo terminals: \(Outcome.failure(errno))")
      }
      (writer, descriptor) = (ends[0], ends[1])
    default: (descriptor, writer) = (channel!.receiver, -1)
    }
  }

  deinit {
    if channel == nil { close(descriptor) }
    if writer >= 0 { close(writer) }
  }

  /// Makes data ready and returns the bytes that a read gets.
  func feed(_ message: Int) throws -> [UInt8] {
    if let channel {
      let bytes = payload(message, 100 + message)
      try channel.send(bytes)
      return bytes
    }
    // A counter gives the number that was added to it.
    let bytes = withUnsafeBytes(of: UInt64(message + 1)) { Array($0) }
    let target = kind == .eventCounter ? descriptor : writer
    try expect("writing to \(kind.rawValue)", write(target, bytes, bytes.count), bytes.count)
    return bytes
  }
}
