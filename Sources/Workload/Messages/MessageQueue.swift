import Base
import Glibc
import Instruments
import Vocabulary

/// The sending side of `drain`: puts messages into the transport from the worker's own thread, before the clock starts.
struct MessageQueue: ~Copyable {
  private let message: UnsafeMutableRawBufferPointer
  private var sequences: [UInt64]
  /// The connection that gets the next message.
  private var turn = 0
  /// Pipes are set non-blocking while messages are queued; sockets get a flag per message instead.
  private let isSocket: Bool
  /// Whether a message may be written in pieces.
  private let isStream: Bool

  init(_ shape: WorkloadShape, isSocket: Bool) {
    self.isSocket = isSocket
    isStream = !shape.keepsBoundaries
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
  /// - Returns: the nanoseconds that sending took, without the wait.
  @discardableResult
  mutating func send(_ count: Int, over links: borrowing Links, whole: Bool) throws(Reason) -> UInt64 {
    let start = Clock.now()
    let first = turn
    for index in 0..<count {
      let connection = (first + index) % links.count
      Message.write(sequences[connection], to: message, whole: whole || TestHooks.checksEveryByte)
      if whole { TestHooks.corrupt(message, sequence: sequences[connection]) }
      try put(links[connection].peerSend, index, of: count)
      sequences[connection] &+= 1
    }
    turn = (first + count) % links.count
    let elapsed = Clock.now() - start
    for place in 0..<min(count, links.count) {
      let connection = (first + place) % links.count
      let share = count / links.count + (place < count % links.count ? 1 : 0)
      let arrived = links.arrival.wait(links[connection].workerReceive, count: share, size: message.count)
      guard arrived == share else {
        throw Reason(
          stage: .setup,
          message: "only \(arrived) of \(share) queued messages arrived: lower --batch or raise net.core.rmem_max")
      }
    }
    return elapsed
  }

  private func put(_ descriptor: Int32, _ index: Int, of count: Int) throws(Reason) {
    var done = 0
    while done < message.count {
      let length = isStream ? TestHooks.piece(of: message.count - done, after: done) : message.count
      let sent =
        isSocket
        ? Glibc.send(descriptor, message.baseAddress! + done, length, Int32(MSG_DONTWAIT))
        : write(descriptor, message.baseAddress! + done, length)
      guard sent == length else {
        let advice = "the transport holds \(index) of \(count) messages of \(message.count) bytes: lower --batch"
        throw Reason(.setup, SystemError(call: "queue a message", errno: sent < 0 ? errno : EAGAIN), advice)
      }
      done += sent
    }
  }
}
