import CTransport
import Glibc
import Vocabulary

/// TCP over loopback, without Nagle's delay.
enum TCP {
  static func open(_ cell: Cell) throws(Reason) -> Links {
    let listener = try Loopback.bound(SOCK_STREAM)
    defer { close(listener) }
    if cell.pattern.queuesFirst {
      // Accepted sockets inherit the size. Set before the handshake, it also sets the window's scale.
      SocketBuffers.enlarge(listener, to: SocketBuffers.size(for: cell), receive: true)
    }
    try checked("listen", "", listen(listener, Int32(cell.connections)))
    var links: [Link] = []
    for _ in 0..<cell.connections { links.append(try connect(cell, listener)) }
    return Links(links, arrival: .bytes)
  }

  private static func connect(_ cell: Cell, _ listener: Int32) throws(Reason) -> Link {
    let peer = try checked("socket", "", socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    if cell.pattern.queuesFirst {
      SocketBuffers.enlarge(peer, to: SocketBuffers.size(for: cell), receive: false)
    }
    try Loopback.connect(peer, to: listener)
    let worker = try checked("accept", "", ctransport_accept(listener))
    for descriptor in [peer, worker] { SocketBuffers.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
    return Link(workerReceive: worker, workerSend: worker, peerReceive: peer, peerSend: peer)
  }
}
