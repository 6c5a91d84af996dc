import BufferModes
import Uring

extension Engine where Provider: ~Copyable {
  /// Takes the ready completions, checks their data, and hands their buffers back.
  ///
  /// - Parameters:
  ///   - rearms: prepares a new receive on the connection of each one-shot receive that completes, and leaves
  ///     completions beyond a batch for the next call.
  ///   - missing: bytes still awaited; counted down.
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func reap<C: Check>(_ check: C.Type, rearms: Bool, missing: inout Int) -> Bool {
    // A round of a batch reaps everything, including the completion with which a multishot receive ran out of buffers.
    let ready = rearms ? min(ring.readyCompletions, shape.batch) : ring.readyCompletions
    // A copy, or each completion would write it to memory.
    var left = missing
    var index = 0
    while index < ready {
      let completion = ring.completion(index)
      index &+= 1
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
      left &-= count
      if Receive.isMultishot {
        if !completion.hasMore { disarm(tag) }
      } else {
        outstanding &-= 1
        if rearms { prepareReceive(tag, 0) }
      }
    }
    ring.consume(ready)
    provider.publish(&ring)
    completions &+= ready
    if left != missing {
      missing = left
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
    if C.isFirstContact { service.note(tag, count) }
    if Receive.spansBuffers { return acceptSpan(check, completion, tag, count) }
    let bytes = provider.bytes(completion)
    if Receive.isPositioned {
      guard count == shape.messageSize, C.accept(message(tag), bytes, count) else { return false }
    } else {
      guard C.accept(&connections[tag], bytes, count) else { return false }
    }
    if shape.touches { touched &+= Touch.sum(bytes, count) }
    provider.release(completion, received: count, &ring)
    return true
  }

  /// Walks the buffers of a completion that spans several, in the order in which the kernel filled them.
  @inline(__always)
  private mutating func acceptSpan<C: Check>(
    _ check: C.Type, _ completion: Completion, _ tag: Int, _ count: Int
  ) -> Bool {
    var id = provider.first(completion, &ring)
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
      if shape.touches { touched &+= Touch.sum(bytes, piece) }
      left &-= piece
      let next = left > 0 ? provider.successor(of: id) : id
      provider.release(id, received: piece, keeps: left == 0 && completion.keepsBuffer, &ring)
      id = next
    }
    provider.releaseSpan(completion)
    return true
  }

  /// The number of the message that a positioned read of the batch asked for.
  @inline(__always)
  private func message(_ slot: Int) -> UInt64 {
    let number = firstMessage &+ UInt64(truncatingIfNeeded: slot)
    return number >= shape.fileMessages ? number &- shape.fileMessages : number
  }

  @inline(__always)
  mutating func disarm(_ connection: Int) {
    idle[unarmed] = Int32(truncatingIfNeeded: connection)
    unarmed &+= 1
  }
}
