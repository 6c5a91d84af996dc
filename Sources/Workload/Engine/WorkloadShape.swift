import BufferModes
import CUring
import Vocabulary

/// A cell in the numbers that the engine works with.
struct WorkloadShape {
  let messageSize: Int
  let batch: Int
  let connections: Int
  /// How many of them carry data: the first ones.
  let hot: Int
  /// The most buffers of a group that are certain to be with the kernel when a round begins.
  let certainBuffers: Int
  let keepsBoundaries: Bool
  /// Whether the connections are sockets rather than pipes or a file.
  let isSocket: Bool
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
  /// Whether the receiver reads every byte.
  let touches: Bool
  /// Whether messages come in random pieces, and every byte of every round is checked.
  let verifies: Bool
  /// Whether the buffers are put out of the caches before each round.
  let isCold: Bool

  /// The most bytes that the file of positioned reads takes, unless one batch is more.
  private static let fileLimit = 4 << 20

  init(_ cell: Cell) {
    messageSize = cell.messageSize
    batch = cell.batch
    connections = cell.connections
    hot = cell.hotConnections
    certainBuffers = max(1, cell.buffers - (cell.handBack ?? 1) + 1)
    touches = cell.touches
    verifies = cell.verifies
    isCold = cell.isCold
    keepsBoundaries = cell.transport.keepsMessageBoundaries
    isSocket = cell.workload == .socket
    let isMessage = keepsBoundaries || cell.pattern == .drain || cell.workload == .file
    receiveLength = UInt32(min(cell.bufferSize, isMessage ? cell.messageSize : cell.bufferSize))
    registersFiles = cell.registersFiles
    receiveFlags = cell.pollsFirst ? UInt16(IORING_RECVSEND_POLL_FIRST) : 0
    let isVectored = cell.operation == .vectored && !keepsBoundaries
    messagesPerReceive = isVectored ? cell.messagesPerConnection : 1
    let takesAMessage = Int(receiveLength) == messageSize && messagesPerReceive == 1
    spreadsEvenly = hot == 1 || keepsBoundaries || takesAMessage
    let batchBytes = cell.batch * cell.messageSize
    fileMessages = UInt64(cell.batch * max(1, min(64, Self.fileLimit / batchBytes)))
    var buffers = BufferShape(count: cell.buffers, size: cell.bufferSize, node: cell.memoryNode)
    let align = cell.number(.align)
    buffers.stride = (cell.bufferSize + align - 1) / align * align
    buffers.backing = cell.backing
    buffers.handBack = cell.handBack ?? 0
    buffers.minLeft = cell.number(.minLeft)
    buffers.groups = cell.groups == .perConnection ? cell.connections : 1
    buffers.vectorCount = messagesPerReceive
    buffers.vectorLength = Int(receiveLength)
    self.buffers = buffers
  }

  /// Bytes in one batch of messages.
  var batchBytes: Int { batch * messageSize }

  /// The number of messages that each hot connection gets in a round, rounded up.
  var share: Int { (batch + hot - 1) / hot }

  /// Whether a round may need more buffers than there are. Some receives then complete without one.
  var starves: Bool { (buffers.groups == 1 ? batch : share) > certainBuffers }

  /// How many one-shot requests take `bytes` waiting bytes.
  func receives(for bytes: Int) -> Int {
    let perReceive = Int(receiveLength) * messagesPerReceive
    return min(batch, (bytes + perReceive - 1) / perReceive)
  }

  /// The most receives of a round that can be in the kernel together: a vectored one names many buffers.
  var receivesAtOnce: Int { min(batch, buffers.count / messagesPerReceive) }

  /// Room for a batch of receives and a batch of requests that hand buffers back.
  var submissionEntries: Int { batch + max(batch, buffers.handBack) + connections }

  /// Room for a completion of every buffer, up to what the kernel allows.
  var completionEntries: Int {
    min(max(2 * submissionEntries, buffers.count * buffers.groups + batch), Self.mostCompletions)
  }

  /// The kernel's limit of completion queue entries (`IORING_MAX_CQ_ENTRIES`).
  private static let mostCompletions = 65_536
}
