import BufferRings
import CUring
import Glibc
import Measurement
import Results
import Topology
import Uring

/// The receiving worker of one cell: a ring, its buffers and its connections.
///
/// Generic over mode and operation and specialised for each pair: the loops in `Patterns` contain no dynamic dispatch,
/// no reference counting and no allocation, `scripts/check-hot-loop` shows it.
struct Engine<Provider: BufferProvider & ~Copyable, Receive: ReceiveOperation>: ~Copyable {
  var ring: Ring
  var provider: Provider
  let shape: WorkloadShape
  let connections: UnsafeMutablePointer<Connection>

  /// Requests of one-shot receives that have not completed.
  var outstanding = 0
  /// Connections without an armed multishot receive.
  var unarmed: Int
  /// The message that the next positioned read starts with.
  var nextMessage: UInt64 = 0
  /// The first message of the positioned reads that are out.
  var firstMessage: UInt64 = 0

  var completions = 0
  var outOfBuffers = 0
  /// `ENOBUFS` completions since data last arrived.
  var starved = 0
  /// Completions seen when the watchdog last came by.
  var completionsAtAlarm = -1
  var failure: EngineFailure?
  /// Whether any data has been received.
  var hasReceived = false
  /// The ring's counters when the timed rounds began.
  private var entersBefore = 0
  private var submissionsBefore = 0

  init(_ shape: WorkloadShape, _ links: borrowing Links) throws(SetupFailure) {
    var ring = try Self.makeRing(shape)
    provider = try Provider(&ring, shape.buffers)
    self.ring = ring
    self.shape = shape
    unarmed = links.count
    connections = .allocate(capacity: links.count)
    for index in 0..<links.count {
      (connections + index).initialize(
        to: Connection(
          descriptor: links[index].workerReceive, messageSize: shape.messageSize,
          keepsBoundaries: shape.keepsBoundaries))
    }
  }

  private static func makeRing(_ shape: WorkloadShape) throws(SetupFailure) -> Ring {
    do throws(RingError) {
      return try Ring(entries: shape.submissionEntries, completions: shape.completionEntries)
    } catch {
      throw SetupFailure(.setup, error)
    }
  }

  deinit {
    connections.deallocate()
  }
}

// MARK: Counting

extension Engine where Provider: ~Copyable {
  /// Starts counting anew: what the checking rounds did is not part of the results.
  mutating func resetCounters() {
    entersBefore = ring.enters
    submissionsBefore = ring.submissions
    completions = 0
    outOfBuffers = 0
  }

  /// Calls of `io_uring_enter(2)` since the counters were reset.
  var enters: Int { ring.enters - entersBefore }

  /// Submission queue entries since the counters were reset.
  var submissions: Int { ring.submissions - submissionsBefore }

}

// MARK: Asking

extension Engine where Provider: ~Copyable {
  /// Prepares `count` one-shot receives, spread over the connections in turn.
  @inline(__always)
  mutating func prepareReceives(_ count: Int) {
    if Receive.isPositioned { firstMessage = nextMessage }
    var connection = 0
    for slot in 0..<count {
      prepareReceive(connection, slot)
      connection = connection &+ 1 == shape.connections ? 0 : connection &+ 1
    }
  }

  /// Prepares one receive. The upper half of its user data says which connection, or which read of the batch, it is.
  @inline(__always)
  mutating func prepareReceive(_ connection: Int, _ slot: Int) {
    let entry = ring.nextSubmission()
    var tag = connection
    if Receive.isPositioned {
      tag = slot
      Receive.prepare(
        entry, descriptor: connections.pointee.descriptor, offset: nextMessage &* UInt64(shape.messageSize))
      nextMessage &+= UInt64(truncatingIfNeeded: shape.messagesPerReceive)
      if nextMessage == shape.fileMessages { nextMessage = 0 }
    } else {
      Receive.prepare(entry, descriptor: connections[connection].descriptor, offset: 0)
    }
    let token = provider.supply(entry, length: Receive.isMultishot ? 0 : shape.receiveLength)
    entry.pointee.user_data = UInt64(truncatingIfNeeded: tag) &<< 32 | UInt64(token)
    outstanding &+= 1
  }

  /// Arms every connection whose multishot receive has ended.
  @inline(__always)
  mutating func arm() {
    guard unarmed > 0 else { return }
    for connection in 0..<shape.connections where !connections[connection].isArmed {
      prepareReceive(connection, 0)
      connections[connection].isArmed = true
    }
    unarmed = 0
  }
}

// MARK: Reaping

extension Engine where Provider: ~Copyable {
  /// Takes the completions that are there, checks what they brought, and hands their buffers back.
  ///
  /// - Parameters:
  ///   - rearms: asks again on the connection of each one-shot receive that completes, and leaves what exceeds a batch
  ///     for the next call.
  ///   - missing: bytes still awaited; counted down.
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func reap<C: Check>(_ check: C.Type, rearms: Bool, missing: inout Int) -> Bool {
    // A round of a batch ends with everything reaped, also the completion by which a multishot receive ran out.
    let ready = rearms ? min(ring.readyCompletions, shape.batch) : ring.readyCompletions
    let missingBefore = missing
    for index in 0..<ready {
      let completion = ring.completion(index)
      let count = Int(completion.result)
      if count <= 0 {
        guard settle(completion, rearms: rearms) else { return false }
        continue
      }
      let tag = Int(truncatingIfNeeded: completion.userData &>> 32)
      guard accept(check, completion, tag, count) else {
        failure = .wrongData(sequence: connections[Receive.isPositioned ? 0 : tag].sequence, received: count)
        return false
      }
      missing &-= count
      if Receive.isMultishot {
        if !completion.hasMore { disarm(tag) }
      } else {
        outstanding &-= 1
        if rearms { prepareReceive(tag, 0) }
      }
    }
    ring.consume(ready)
    provider.publish()
    completions &+= ready
    if missing != missingBefore {
      starved = 0
      hasReceived = true
    }
    return true
  }

  /// Checks the bytes of a completion and hands its buffers back.
  @inline(__always)
  private mutating func accept<C: Check>(
    _ check: C.Type, _ completion: Completion, _ tag: Int, _ count: Int
  ) -> Bool {
    TestHooks.spendInstructions()
    if Receive.spansBuffers { return acceptSpan(check, completion, tag, count) }
    let bytes = provider.bytes(completion)
    if Receive.isPositioned {
      guard count == shape.messageSize, C.accept(message(tag), bytes, count) else { return false }
    } else {
      guard C.accept(&connections[tag], bytes, count) else { return false }
    }
    provider.release(completion, received: count, &ring)
    return true
  }

  /// Walks the buffers of a completion that spans several, in the order in which the kernel filled them.
  @inline(__always)
  private mutating func acceptSpan<C: Check>(
    _ check: C.Type, _ completion: Completion, _ tag: Int, _ count: Int
  ) -> Bool {
    var id = provider.first(completion)
    var left = count
    var slot = tag
    while left > 0 {
      let segment = provider.segment(id)
      guard let bytes = segment.baseAddress else { return false }
      let piece = min(left, segment.count)
      if Receive.isPositioned {
        guard C.accept(message(slot), bytes, piece) else { return false }
        slot &+= 1
      } else {
        guard C.accept(&connections[tag], bytes, piece) else { return false }
      }
      left &-= piece
      let next = left > 0 ? provider.successor(of: id) : id
      provider.release(id, received: piece, keeps: left == 0 && completion.keepsBuffer, &ring)
      id = next
    }
    return true
  }

  /// The number of the message that a positioned read of the batch asked for.
  @inline(__always)
  private func message(_ slot: Int) -> UInt64 {
    let number = firstMessage &+ UInt64(truncatingIfNeeded: slot)
    return number >= shape.fileMessages ? number &- shape.fileMessages : number
  }

  @inline(__always)
  private mutating func disarm(_ connection: Int) {
    connections[connection].isArmed = false
    unarmed &+= 1
  }
}

// MARK: What is no data

extension Engine where Provider: ~Copyable {
  /// Deals with a completion without data: an empty ring is counted and asked again, everything else ends the run.
  @inline(never)
  private mutating func settle(_ completion: Completion, rearms: Bool) -> Bool {
    if completion.userData & handBackTag != 0 { return fail(.handBack(-completion.result)) }
    if completion.userData & sendTag != 0 { return fail(.send(-completion.result)) }
    provider.release(completion, received: 0, &ring)
    guard completion.result == -ENOBUFS else {
      return fail(completion.result == 0 ? .endOfFile : .receive(-completion.result))
    }
    outOfBuffers += 1
    starved += 1
    guard starved <= 4 * shape.batch else { return fail(.receive(ENOBUFS)) }
    let connection = Int(truncatingIfNeeded: completion.userData >> 32)
    if Receive.isMultishot {
      if !completion.hasMore { disarm(connection) }
    } else {
      outstanding -= 1
      if rearms { prepareReceive(connection, 0) }
    }
    return true
  }

  /// Submits what is prepared and waits for `count` completions.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func wait(_ count: Int) -> Bool {
    let result = ring.submitAndWait(count)
    return result >= 0 || goOn(after: -result)
  }

  /// Whether a failed enter can be tried again: a signal is the watchdog's.
  @inline(never)
  private mutating func goOn(after errno: Int32) -> Bool {
    guard errno == EINTR else { return fail(.enter(errno)) }
    let total = completions &+ ring.readyCompletions
    guard total != completionsAtAlarm else { return fail(.stalled) }
    completionsAtAlarm = total
    return true
  }

  private mutating func fail(_ failure: EngineFailure) -> Bool {
    self.failure = failure
    return false
  }
}

/// The user data of the sends of a round trip. They complete only when they fail.
let sendTag: UInt64 = 1 << 62
