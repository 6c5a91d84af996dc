import Base
import Glibc
import Vocabulary

/// The descriptors of one connection, by who uses them for what; -1 where a transport has no such direction.
struct Link {
  var workerReceive: Int32 = -1
  var workerSend: Int32 = -1
  var peerReceive: Int32 = -1
  var peerSend: Int32 = -1
}

/// All connections of a cell, closed when their owner goes.
struct Links: ~Copyable {
  private let links: [Link]
  /// How to tell that sent messages can be received.
  let arrival: Arrival

  init(_ links: [Link], arrival: Arrival) {
    self.links = links
    self.arrival = arrival
  }

  deinit {
    for link in links {
      for descriptor in Set([link.workerReceive, link.workerSend, link.peerReceive, link.peerSend])
      where descriptor >= 0 {
        close(descriptor)
      }
    }
  }

  var count: Int { links.count }

  subscript(index: Int) -> Link { links[index] }

  /// The descriptors that the worker receives from.
  var received: [Int32] { links.map(\.workerReceive) }
}

extension Cell {
  /// Opens the transport of the cell.
  func openLinks(directory: String?) throws(Reason) -> Links {
    switch transport {
    case .tcp: try TCP.open(self)
    case .udp: try UDP.open(self)
    case .unixStream: try UnixSockets.open(self, type: SOCK_STREAM)
    case .unixSeqpacket: try UnixSockets.open(self, type: SOCK_SEQPACKET)
    case .pipe: try Pipes.open(self, packets: false)
    case .pipePacket: try Pipes.openPackets(self)
    case .file: try RegularFiles.open(self, directory: directory)
    case .fileDirect: try RegularFiles.openDirect(self, directory: directory)
    }
  }

  /// The most messages that a round of this cell sends over one connection.
  var messagesPerConnection: Int { (batch + connections - 1) / connections }
}

/// The result of a system call. A call that fails throws a `Reason` of stage `setup` with its errno.
@discardableResult
func checked(_ call: String, _ advice: String = "", _ result: Int32) throws(Reason) -> Int32 {
  guard result >= 0 else { throw Reason(.setup, SystemError(call: call, errno: errno), advice) }
  return result
}
