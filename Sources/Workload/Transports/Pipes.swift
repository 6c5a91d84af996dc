import CTransport
import Glibc
import HostFacts
import Vocabulary

/// Pipes, one for each direction.
enum Pipes {
  /// Pipes in packet mode, where one read returns one write of at most a page.
  static func openPackets(_ cell: Cell) throws(Reason) -> Links {
    guard cell.messageSize <= MappedMemory.pageSize else {
      throw Reason(
        stage: .setup,
        message: "a pipe's packet holds at most \(MappedMemory.pageSize) bytes: \(cell.messageSize) would be split")
    }
    return try open(cell, packets: true)
  }

  static func open(_ cell: Cell, packets: Bool) throws(Reason) -> Links {
    let page = MappedMemory.pageSize
    let pagesPerMessage = (cell.messageSize + page - 1) / page
    // A packet starts a new page. A write to an ordinary pipe may do so, too, when it does not fit the last page.
    let capacity = cell.messagesPerConnection * pagesPerMessage * page
    var links: [Link] = []
    for _ in 0..<cell.connections {
      let toWorker = try pipe(packets, capacity)
      let toPeer = try pipe(packets, capacity)
      links.append(
        Link(
          workerReceive: toWorker.read, workerSend: toPeer.write, peerReceive: toPeer.read, peerSend: toWorker.write))
    }
    return Links(links, arrival: .bySending)
  }

  private static func pipe(_ packets: Bool, _ capacity: Int) throws(Reason) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    try checked("pipe2", "", ctransport_pipe(&ends, packets))
    // A system limit may refuse. Queuing the messages shows whether the pipe holds a batch.
    if capacity > Int(ctransport_pipe_size(ends[0])) {
      _ = ctransport_set_pipe_size(ends[0], Int32(clamping: capacity))
    }
    try checked("fcntl(O_NONBLOCK)", "", fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) | O_NONBLOCK))
    return (ends[0], ends[1])
  }
}
