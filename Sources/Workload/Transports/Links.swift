import Base
import Glibc
import Vocabulary

/// The descriptors of one connection, by who uses them for what; -1 where a transport has no such direction.
struct Link {
  var workerReceive: Int32 = -1
  var workerSend: Int32 = -1
  var peerReceive: Int32 = -1
  var peerSend: Int32 = -1

  /// Each descriptor once.
  var descriptors: Set<Int32> { Set([workerReceive, workerSend, peerReceive, peerSend].filter { $0 >= 0 }) }
}

/// All connections of a cell, closed when their owner goes.
struct Links: ~Copyable {
  private var links: [Link]
  /// How to tell that sent messages can be received.
  let arrival: Arrival

  init(_ links: [Link], arrival: Arrival) {
    self.links = links
    self.arrival = arrival
  }

  deinit {
    for link in links {
      for descriptor in link.descriptors { close(descriptor) }
    }
  }

  /// The connections, which the caller closes from now on.
  consuming func taken() -> [Link] {
    let all = links
    links = []
    return all
  }

  var count: Int { links.count }

  /// The same connections, `count` that are spread evenly among them first.
  consuming func withFirst(_ count: Int) -> Links {
    guard count < links.count else { return self }
    let chosen = (0..<count).map { $0 * links.count / count }
    let others = Set(chosen)
    links = chosen.map { links[$0] } + links.indices.filter { !others.contains($0) }.map { links[$0] }
    return self
  }

  subscript(index: Int) -> Link { links[index] }

  /// The descriptors that the worker receives from.
  var received: [Int32] { links.map(\.workerReceive) }
}

extension Cell {
  /// Opens the transport of the cell. The connections that carry data come first; they were opened among the others.
  func openLinks(directory: String?) throws(Reason) -> Links {
    guard workload != .file else { return try openAll(directory: directory) }
    if DescriptorLimit.raise(toHold: connections * descriptorsPerConnection) {
      let links = try openAll(directory: directory)
      return links.withFirst(hotConnections)
    }
    return try openInParts()
  }

  /// Both ends are in this process. A pipe has two for each direction.
  private var descriptorsPerConnection: Int { workload == .pipe ? 4 : 2 }

  /// Opens more connections than both ends of them fit into the limit of open descriptors: the other ends of those that
  /// carry no data are put aside.
  private func openInParts() throws(Reason) -> Links {
    let hot = hotConnections
    var (links, others): ([Link], [Link]) = ([], [])
    var arrival = Arrival.bySending
    var opened = 0
    while opened < connections {
      var part = self
      part.connections = min(Self.part, connections - opened)
      part[.hot] = nil
      part.batch = part.connections * messagesPerConnection
      try DescriptorLimit.require(part.connections * descriptorsPerConnection, beside: opened)
      let new = try part.openAll(directory: nil)
      arrival = new.arrival
      var idle: [Link] = []
      for (index, link) in new.taken().enumerated() {
        // The connections at `place * connections / hot` are hot.
        let place = ((opened + index) * hot + connections - 1) / connections
        if place < hot, place * connections / hot == opened + index { links.append(link) } else { idle.append(link) }
      }
      others += try DescriptorsAside.putAway(idle)
      opened += part.connections
    }
    return Links(links + others, arrival: arrival)
  }

  private static let part = 1000

  private func openAll(directory: String?) throws(Reason) -> Links {
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
  var messagesPerConnection: Int { (batch + hotConnections - 1) / hotConnections }
}

/// The result of a system call. A call that fails throws a `Reason` of stage `setup` with its errno.
@discardableResult
func checked(_ call: String, _ advice: String = "", _ result: Int32) throws(Reason) -> Int32 {
  guard result >= 0 else { throw Reason(.setup, SystemError(call: call, errno: errno), advice) }
  return result
}
