import Glibc
import Vocabulary

/// Pairs of connected Unix sockets.
enum UnixSockets {
  static func open(_ cell: Cell, type: __socket_type) throws(Reason) -> Links {
    var links: [Link] = []
    for _ in 0..<cell.connections {
      var pair: [Int32] = [-1, -1]
      try checked(
        "socketpair(AF_UNIX)", "", socketpair(AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair))
      // A Unix socket charges messages to the sender's buffer.
      for descriptor in pair { SocketBuffers.enlarge(descriptor, to: SocketBuffers.size(for: cell), receive: false) }
      links.append(Link(workerReceive: pair[0], workerSend: pair[0], peerReceive: pair[1], peerSend: pair[1]))
    }
    return Links(links, arrival: .bySending)
  }
}
