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
  /// Whether every byte of every message is written anew.
  private let writesWhole: Bool
  /// Whether a message may be written in pieces.
  private let isStream: Bool
  /// Cuts messages at random where that is asked for; nil where they are written whole.
  private var cuts: SplitMix64?

  init(_ shape: WorkloadShape, isSocket: Bool) {
    self.isSocket = isSocket
    isStream = !shape.keepsBoundaries
    message = .allocate(byteCount: shape.messageSize, alignment: 8)
    message.initializeMemory(as: UInt8.self, repeating: 0)
    sequences = Array(repeating: 0, count: shape.hot)
    cuts = shape.verifies && isStream ? SplitMix64(seed: 1) : nil
    writesWhole = shape.verifies
  }

  deinit {
    message.deallocate()
  }

  /// The number of the next message of each hot connection.
  var nextSequences: [UInt64] { sequences }

  /// Sends `count` messages, spread over the hot connections in turn, and waits until they arrive.
  ///
  /// - Parameter whole: whether every byte is written anew, as the checking rounds need it.
  /// - Returns: the nanoseconds that sending took, without the wait.
  @discardableResult
  mutating func send(_ count: Int, over links: borrowing Links, whole: Bool) throws(Reason) -> UInt64 {
    let start = Clock.now()
    let first = turn
    for index in 0..<count {
      let connection = (first + index) % sequences.count
      Message.write(sequences[connection], to: message, whole: whole || writesWhole || TestHooks.checksEveryByte)
      TestHooks.corrupt(message, sequence: sequences[connection])
      try put(links[connection].peerSend, index, of: count)
      sequences[connection] &+= 1
    }
    turn = (first + count) % sequences.count
    let elapsed = Clock.now() - start
    for place in 0..<min(count, sequences.count) {
      let connection = (first + place) % sequences.count
      let share = count / sequences.count + (place < count % sequences.count ? 1 : 0)
      let arrived = links.arrival.wait(links[connection].workerReceive, count: share, size: message.count)
      guard arrived == share else {
        throw Reason(
          stage: .setup,
          message: "only \(arrived) of \(share) queued messages arrived: lower --batch or raise net.core.rmem_max")
      }
    }
    return elapsed
  }

  private mutating func put(_ descriptor: Int32, _ index: Int, of count: Int) throws(Reason) {
    var done = 0
    while done < message.count {
      let length = isStream ? piece(of: message.count - done, after: done) : message.count
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

  /// How many bytes of a byte stream's message to write next.
  private mutating func piece(of count: Int, after done: Int) -> Int {
    guard cuts != nil, done == 0 else { return TestHooks.piece(of: count, after: done) }
    return .random(in: 1...count, using: &cuts!)
  }
}
