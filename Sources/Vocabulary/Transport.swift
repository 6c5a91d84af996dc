/// What the data travels over.
package enum Transport: String, Codable, WordAxis {
  package static var axis: String { "transport" }

  case tcp
  case udp
  case unixStream = "unix-stream"
  case unixSeqpacket = "unix-seqpacket"
  case pipe
  /// A pipe in packet mode, `pipe2(O_DIRECT)`.
  case pipePacket = "pipe-packet"
  /// A regular file in the page cache.
  case file
  /// A regular file opened with `O_DIRECT`.
  case fileDirect = "file-direct"

  /// The workload executable that drives this transport.
  package var workload: WorkloadKind {
    switch self {
    case .tcp, .udp, .unixStream, .unixSeqpacket: .socket
    case .pipe, .pipePacket: .pipe
    case .file, .fileDirect: .file
    }
  }

  /// Whether messages are lost when the receiver has no room. The sender then has to hold back.
  package var dropsWhenFull: Bool { self == .udp }

  /// Whether reads bypass the page cache. They read whole blocks and take as long as the device.
  package var isDirect: Bool { self == .fileDirect }

  /// Whether one receive returns exactly one message, however large the buffer is.
  package var keepsMessageBoundaries: Bool {
    switch self {
    case .udp, .unixSeqpacket, .pipePacket: true
    case .tcp, .unixStream, .pipe, .file, .fileDirect: false
    }
  }
}
