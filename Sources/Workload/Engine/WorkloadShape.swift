import BufferModes
import CUring
import Vocabulary

/// A cell in the numbers that the engine works with.
struct WorkloadShape {
  let messageSize: Int
  let batch: Int
  let connections: Int
  let keepsBoundaries: Bool
  /// Bytes that one request asks for. In `drain` this is a message, so that requests and messages correspond on every
  /// transport. In the other patterns it is what a buffer holds, as a server would ask.
  let receiveLength: UInt32
  /// Messages that one request asks for.
  let messagesPerReceive: Int
  /// Whether one-shot requests can be spread over the connections in turn: there is only one connection, or each
  /// request takes one message. Otherwise each connection needs its own number of requests.
  let spreadsEvenly: Bool
  /// Messages in the file of positioned reads, a multiple of the batch.
  let fileMessages: UInt64
  let buffers: BufferShape
  /// Whether receives name registered descriptors.
  let registersFiles: Bool
  /// The flag of receives that wait for data before they try; 0 without.
  let receiveFlags: UInt16

  /// The most bytes that the file of positioned reads takes, unless one batch is more.
  private static let fileLimit = 4 << 20

  init(_ cell: Cell) {
    messageSize = cell.messageSize
    batch = cell.batch
    connections = cell.connections
    keepsBoundaries = cell.transport.keepsMessageBoundaries
    let isMessage = keepsBoundaries || cell.pattern == .drain || cell.workload == .file
    receiveLength = UInt32(min(cell.bufferSize, isMessage ? cell.messageSize : cell.bufferSize))
    registersFiles = cell.registersFiles
    receiveFlags = cell.pollsFirst ? UInt16(IORING_RECVSEND_POLL_FIRST) : 0
    let isVectored = cell.operation == .vectored && !keepsBoundaries
    messagesPerReceive = isVectored ? cell.messagesPerConnection : 1
    let takesAMessage = Int(receiveLength) == messageSize && messagesPerReceive == 1
    spreadsEvenly = connections == 1 || keepsBoundaries || takesAMessage
    let batchBytes = cell.batch * cell.messageSize
    fileMessages = UInt64(cell.batch * max(1, min(64, Self.fileLimit / batchBytes)))
    var buffers = BufferShape(count: cell.buffers, size: cell.bufferSize, node: cell.memoryNode)
    buffers.vectorCount = messagesPerReceive
    buffers.vectorLength = Int(receiveLength)
    self.buffers = buffers
  }

  /// Bytes in one batch of messages.
  var batchBytes: Int { batch * messageSize }

  /// How many one-shot requests take `bytes` waiting bytes.
  func receives(for bytes: Int) -> Int {
    let perReceive = Int(receiveLength) * messagesPerReceive
    return min(batch, (bytes + perReceive - 1) / perReceive)
  }

  /// The most receives of a round that can be in the kernel together: a vectored one names many buffers.
  var receivesAtOnce: Int { min(batch, buffers.count / messagesPerReceive) }

  /// Room for a batch of receives and a batch of requests that hand buffers back.
  var submissionEntries: Int { 2 * batch + connections }

  /// Room for a completion of every buffer.
  var completionEntries: Int { max(2 * submissionEntries, buffers.count + batch) }
}
