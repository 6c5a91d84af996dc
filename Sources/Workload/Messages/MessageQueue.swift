import Base
import Glibc
import Vocabulary

/// The sending side of `drain`: puts messages into the transport from the worker's own thread, before the clock starts.
struct MessageQueue: ~Copyable {
  private let message: UnsafeMutableRawBufferPointer
  private var sequences: [UInt64]
  /// Pipes are set non-blocking while messages are queued; sockets get a flag per message instead.
  private let isSocket: Bool

  init(_ shape: WorkloadShape, isSocket: Bool) {
    self.isSocket = isSocket
    message = .allocate(byteCount: shape.messageSize, alignment: 8)
    message.initializeMemory(as: UInt8.self, repeating: 0)
    sequences = Array(repeating: 0, count: shape.connections)
  }

  deinit {
    message.deallocate()
  }

  /// The number of the next message of each connection.
  var nextSequences: [UInt64] { sequences }

  /// Sends `count` messages, spread over the connections in turn, and waits until they arrive.
  ///
  /// - Parameter whole: whether every byte is written anew, as the checking rounds need it.
  mutating func send(_ count: Int, over links: borrowing Links, whole: Bool) throws(Reason) {
    for index in 0..<count {
      let connection = index % links.count
      Message.write(sequences[connection], to: message, whole: whole)
      if whole { TestHooks.corrupt(message, sequence: sequences[connection]) }
      try put(links[connection].peerSend, index, of: count)
      sequences[connection] &+= 1
    }
    for connection in 0..<links.count {
      let share = count / links.count + (connection < count % links.count ? 1 : 0)
      let arrived = links.arrival.wait(links[connection].workerReceive, count: share, size: message.count)
      guard arrived == share else {
        throw Reason(
          stage: .setup,
          message: "only \(arrived) of \(share) queued messages arrived: lower --batch or raise net.core.rmem_max")
      }
    }
  }

  private func put(_ descriptor: Int32, _ index: Int, of count: Int) throws(Reason) {
    let sent =
      isSocket
      ? Glibc.send(descriptor, message.baseAddress, message.count, Int32(MSG_DONTWAIT))
      : write(descriptor, message.baseAddress, message.count)
    guard sent != message.count else { return }
    let advice = "the transport holds \(index) of \(count) messages of \(message.count) bytes: lower --batch"
    throw Reason(.setup, SystemError(call: "queue a message", errno: sent < 0 ? errno : EAGAIN), advice)
  }
}
