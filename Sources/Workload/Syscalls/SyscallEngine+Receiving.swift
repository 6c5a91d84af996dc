import CTransport
import Glibc

extension SyscallEngine {
  /// Waits for data, unless connections with data are left from before.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func wait() -> Bool {
    guard poll.isServed else { return true }
    enters &+= 1
    return poll.wait() >= 0 || goOn(after: errno)
  }

  /// Serves the connections that have data, and checks what they bring.
  ///
  /// Each is served until nothing is left there. A call that finds nothing says so; on a byte stream, a call that fills
  /// less than it offered says so too (`epoll(7)`). Nothing is called once everything that is awaited has come.
  ///
  /// - Parameters:
  ///   - limit: about how many times to receive. Connections beyond that are left for the next call, which goes on where
  ///     this one stopped: no edge is lost.
  ///   - missing: bytes still awaited; counted down.
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func serve<C: Check>(_ check: C.Type, limit: Int, missing: inout Int) -> Bool {
    var left = limit
    let missingBefore = missing
    while !poll.isServed && left > 0 && missing > 0 {
      let index = poll.connection
      enters &+= 1
      let count = Call.receive(connections[index].descriptor, buffers, most: buffers.count, offset: 0)
      guard count > 0 else {
        guard isEmpty(count) else { return false }
        poll.advance()
        continue
      }
      guard let bytes = accept(check, index, count) else {
        failure = .wrongData(sequence: connections[index].sequence, received: count)
        return false
      }
      missing &-= bytes
      left &-= Call.takesMessages ? count : 1
      if isLast(count) { poll.advance() }
    }
    received &+= missingBefore &- missing
    return true
  }

  /// Whether a call has shown that nothing more is there.
  @inline(__always)
  private func isLast(_ count: Int) -> Bool {
    if Call.takesMessages { return count < buffers.count }
    return !shape.keepsBoundaries && count < (Call.spansBuffers ? buffers.count &* buffers.length : buffers.length)
  }

  /// Whether a call without data found none; otherwise the engine has failed.
  @inline(never)
  private mutating func isEmpty(_ count: Int) -> Bool {
    guard count < 0 else { return fail(.endOfFile) }
    return errno == EAGAIN || fail(.receive(errno))
  }

  /// Checks what a call has brought.
  ///
  /// - Returns: the bytes; nil where they are wrong.
  @inline(__always)
  private mutating func accept<C: Check>(_ check: C.Type, _ index: Int, _ count: Int) -> Int? {
    TestHooks.spendInstructions()
    guard Call.takesMessages || Call.spansBuffers else {
      if C.isFirstContact { service.note(index, count) }
      if shape.touches { touched &+= Touch.sum(buffers.bytes(0), count) }
      return C.accept(&connections[index], buffers.bytes(0), count) ? count : nil
    }
    var bytes = 0
    var buffer = 0
    while Call.takesMessages ? buffer < count : bytes < count {
      let piece =
        Call.takesMessages
        ? Int(buffers.messages[buffer].length) : min(count &- bytes, buffers.length)
      if C.isFirstContact { service.note(index, piece) }
      if shape.touches { touched &+= Touch.sum(buffers.bytes(buffer), piece) }
      guard C.accept(&connections[index], buffers.bytes(buffer), piece) else { return nil }
      bytes &+= piece
      buffer &+= 1
    }
    return bytes
  }
}

// MARK: Files

extension SyscallEngine {
  /// Reads the next messages of the file, and checks them.
  ///
  /// - Returns: false when the engine has failed.
  @inline(__always)
  mutating func read<C: Check>(_ check: C.Type, missing: inout Int) -> Bool {
    let left = min(missing / shape.messageSize, Int(truncatingIfNeeded: shape.fileMessages &- nextMessage))
    let wanted = Call.spansBuffers ? min(left, buffers.count) : 1
    enters &+= 1
    let offset = Int(truncatingIfNeeded: nextMessage) &* shape.messageSize
    let count = Call.receive(connections.pointee.descriptor, buffers, most: wanted, offset: offset)
    guard count > 0 else { return isRepeatable(count) }
    TestHooks.spendInstructions()
    guard count == wanted &* shape.messageSize else { return wrong(count) }
    for buffer in 0..<wanted {
      if shape.touches { touched &+= Touch.sum(buffers.bytes(buffer), shape.messageSize) }
      guard C.accept(nextMessage, buffers.bytes(buffer), shape.messageSize) else { return wrong(count) }
      nextMessage &+= 1
    }
    if nextMessage == shape.fileMessages { nextMessage = 0 }
    missing &-= count
    received &+= count
    return true
  }

  /// Whether a read without data can be tried again.
  @inline(never)
  private mutating func isRepeatable(_ count: Int) -> Bool {
    guard count < 0 else { return fail(.endOfFile) }
    return errno == EINTR || fail(.receive(errno))
  }

  @inline(never)
  private mutating func wrong(_ count: Int) -> Bool {
    fail(.wrongData(sequence: nextMessage, received: count))
  }
}
