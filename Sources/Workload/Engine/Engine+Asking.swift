import BufferModes
import CUring
import Uring

extension Engine where Provider: ~Copyable {
  /// Prepares a one-shot receive of every connection, also of those that carry no data.
  mutating func prepareEveryReceive() {
    for connection in 0..<shape.connections { prepareReceive(connection, 0) }
  }

  /// Prepares `count` one-shot receives, spread over the hot connections in turn as a round's messages are.
  @inline(__always)
  mutating func prepareReceives(_ count: Int) {
    if Receive.isPositioned { firstMessage = nextMessage }
    var connection = turn
    for slot in 0..<count {
      prepareReceive(connection, slot)
      connection = connection &+ 1 == shape.hot ? 0 : connection &+ 1
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
    entry.pointee.ioprio |= shape.receiveFlags
    entry.pointee.flags |= fileFlag
    let token = provider.supply(
      entry, connection: connection, length: Receive.isMultishot ? 0 : shape.receiveLength)
    entry.pointee.user_data = UInt64(truncatingIfNeeded: tag) &<< 32 | UInt64(token)
    outstanding &+= 1
  }

  /// Arms every connection whose multishot receive has ended.
  @inline(__always)
  mutating func arm() {
    guard unarmed > 0 else { return }
    while unarmed > 0 {
      unarmed &-= 1
      prepareReceive(Int(idle[unarmed]), 0)
    }
  }
}
