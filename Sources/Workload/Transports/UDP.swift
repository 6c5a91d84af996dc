import Base
import CTransport
import Glibc
import Vocabulary

/// Connected UDP sockets over loopback.
enum UDP {
  static func open(_ cell: Cell) throws(Reason) -> Links {
    var links: [Link] = []
    for _ in 0..<cell.connections { links.append(try connect(cell)) }
    return Links(links, arrival: .memory(each: try charge(links[0], cell.messageSize)))
  }

  private static func connect(_ cell: Cell) throws(Reason) -> Link {
    let worker = try Loopback.bound(SOCK_DGRAM)
    let peer = try Loopback.bound(SOCK_DGRAM)
    try Loopback.connect(worker, to: peer)
    try Loopback.connect(peer, to: worker)
    SocketBuffers.enlarge(worker, to: SocketBuffers.size(for: cell), receive: true)
    SocketBuffers.enlarge(peer, to: SocketBuffers.size(for: cell), receive: false)
    return Link(workerReceive: worker, workerSend: worker, peerReceive: peer, peerSend: peer)
  }

  /// What the receive queue is charged for one datagram of this size. Sends one, reads the charge and receives it.
  private static func charge(_ link: Link, _ size: Int) throws(Reason) -> Int {
    let message = [UInt8](repeating: 0, count: size)
    try checked(
      "send", "a datagram holds at most 65507 bytes", Int32(clamping: send(link.peerSend, message, size, 0)))
    var readable = pollfd(fd: link.workerReceive, events: Int16(POLLIN), revents: 0)
    guard poll(&readable, 1, 2000) == 1 else {
      throw Reason(stage: .setup, message: "a datagram sent to the loopback address did not arrive")
    }
    let charge = Int(ctransport_receive_memory(link.workerReceive))
    var received = message
    recv(link.workerReceive, &received, size, 0)
    guard charge > 0 else {
      throw Reason(.setup, SystemError(call: "getsockopt(SO_MEMINFO)", errno: ENOPROTOOPT), "needs Linux 4.12")
    }
    return charge
  }
}
