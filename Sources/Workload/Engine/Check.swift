/// How thoroughly received bytes are checked.
protocol Check {
  /// Whether the rounds that use it come first. A first round must not wait for many completions at once: a kernel that
  /// fails every receive completes only once per request.
  static var isFirstContact: Bool { get }

  /// Accepts the next bytes of a connection; `false` when they are not what was sent.
  static func accept(_ connection: inout Connection, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool

  /// Accepts one whole message whose number is known, from a transport with positions.
  static func accept(_ sequence: UInt64, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool
}

/// Checks length and sequence number of every message, in timed rounds.
enum HeaderCheck: Check {
  static var isFirstContact: Bool { false }

  @inline(__always)
  static func accept(_ connection: inout Connection, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    if TestHooks.checksEveryByte { return FullCheck.accept(&connection, bytes, count) }
    guard connection.position == 0, count == connection.messageSize else {
      return acceptPieces(&connection, bytes, count)
    }
    guard isHeader(of: connection.sequence, bytes, count) else { return false }
    connection.sequence &+= 1
    return true
  }

  @inline(__always)
  static func accept(_ sequence: UInt64, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    if TestHooks.checksEveryByte { return FullCheck.accept(sequence, bytes, count) }
    return isHeader(of: sequence, bytes, count)
  }

  /// Accepts bytes that hold several messages or parts of messages. Checks each sequence number that is whole in them.
  @inline(__always)
  private static func acceptPieces(_ connection: inout Connection, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    guard !connection.keepsBoundaries else { return false }
    let size = connection.messageSize
    var offset = 0
    if connection.position > 0 {
      offset = min(size &- connection.position, count)
      connection.advance(by: offset)
    }
    while offset &+ size <= count {
      guard isHeader(of: connection.sequence, bytes + offset, size) else { return false }
      connection.sequence &+= 1
      offset &+= size
    }
    let rest = count &- offset
    guard rest > 0 else { return true }
    connection.position = rest
    return rest < Message.headerSize || isHeader(of: connection.sequence, bytes + offset, size)
  }

  @inline(__always)
  private static func isHeader(of sequence: UInt64, _ bytes: UnsafeRawPointer, _ size: Int) -> Bool {
    if size >= Message.headerSize { return bytes.loadUnaligned(as: UInt64.self) == sequence.littleEndian }
    for index in 0..<size where bytes.load(fromByteOffset: index, as: UInt8.self) != Message.byte(index, of: sequence) {
      return false
    }
    return true
  }
}

/// Checks every byte of every message, in the untimed rounds before the timed ones.
enum FullCheck: Check {
  static var isFirstContact: Bool { true }

  static func accept(_ connection: inout Connection, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    guard !connection.keepsBoundaries || count == connection.messageSize else { return false }
    for offset in 0..<count {
      let expected = Message.byte(connection.position, of: connection.sequence)
      guard bytes.load(fromByteOffset: offset, as: UInt8.self) == expected else { return false }
      connection.advance(by: 1)
    }
    return true
  }

  static func accept(_ sequence: UInt64, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    (0..<count).allSatisfy { bytes.load(fromByteOffset: $0, as: UInt8.self) == Message.byte($0, of: sequence) }
  }
}

extension Connection {
  /// Moves on by `count` bytes that lie within one message.
  @inline(__always)
  fileprivate mutating func advance(by count: Int) {
    position &+= count
    guard position == messageSize else { return }
    position = 0
    sequence &+= 1
  }
}
