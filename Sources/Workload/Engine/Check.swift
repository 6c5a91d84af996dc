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
  ///
  /// It stays out of the loops that call it: they get too large to be inlined where they are specialised.
  @inline(never)
  private static func acceptPieces(_ connection: inout Connection, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    guard !connection.keepsBoundaries else { return false }
    let size = connection.messageSize
    var offset = 0
    if connection.position > 0 {
      offset = min(size &- connection.position, count)
      connection.advance(by: offset)
    }
    var rest = WholeMessages(sequence: connection.sequence, bytes: bytes + offset, count: count &- offset, size: size)
    // One loop would ask for every message whether its header is short.
    if size >= Message.headerSize {
      rest.accept { isLongHeader(of: $0, $1) }
    } else {
      rest.accept { isShortHeader(of: $0, $1, size) }
    }
    connection.sequence = rest.sequence
    guard rest.count > 0 else { return true }
    guard rest.count < size else { return false }
    connection.position = rest.count
    return rest.count < Message.headerSize || isHeader(of: rest.sequence, rest.bytes, size)
  }

  /// Bytes that begin with a message, and the number that it should have.
  private struct WholeMessages {
    var sequence: UInt64
    var bytes: UnsafeRawPointer
    var count: Int
    let size: Int

    /// Takes messages off while they are whole and have the right header.
    @inline(__always)
    mutating func accept(_ isHeader: (UInt64, UnsafeRawPointer) -> Bool) {
      while count >= size, isHeader(sequence, bytes) {
        sequence &+= 1
        bytes += size
        count &-= size
      }
    }
  }

  @inline(__always)
  private static func isHeader(of sequence: UInt64, _ bytes: UnsafeRawPointer, _ size: Int) -> Bool {
    size >= Message.headerSize ? isLongHeader(of: sequence, bytes) : isShortHeader(of: sequence, bytes, size)
  }

  @inline(__always)
  private static func isLongHeader(of sequence: UInt64, _ bytes: UnsafeRawPointer) -> Bool {
    bytes.loadUnaligned(as: UInt64.self) == sequence.littleEndian
  }

  @inline(never)
  private static func isShortHeader(of sequence: UInt64, _ bytes: UnsafeRawPointer, _ size: Int) -> Bool {
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
