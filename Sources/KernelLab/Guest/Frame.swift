import Base

/// The form of a message on the serial line: `RBF1`, the payload's length and its CRC-32, both 32 bits little-endian,
/// then the payload.
enum Frame {
  static let magic = Array("RBF1".utf8)
  static let headerSize = 12
  /// Longer than any message. A greater length in a header is an error.
  static let maximumLength = 16 << 20

  static func bytes(_ payload: [UInt8]) -> [UInt8] {
    magic + littleEndian(UInt32(payload.count)) + littleEndian(CRC32.of(payload)) + payload
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }
}

/// Splits a stream of bytes into frames. The stream may arrive in pieces of any size.
struct FrameReader {
  private var pending: [UInt8] = []

  /// The number of bytes of an unfinished frame.
  var pendingCount: Int { pending.count }

  mutating func add(_ bytes: some Sequence<UInt8>) { pending += bytes }

  /// The next payload; nil until all of it has arrived.
  mutating func next() throws(RingbenchError) -> [UInt8]? {
    guard pending.count >= Frame.headerSize else { return nil }
    guard pending.starts(with: Frame.magic) else {
      throw RingbenchError.failed("the guest sent bytes that are not a frame")
    }
    let length = Int(number(at: 4))
    guard length <= Frame.maximumLength else {
      throw RingbenchError.failed("the guest sent a frame of \(length) bytes")
    }
    guard pending.count >= Frame.headerSize + length else { return nil }
    let payload = Array(pending[Frame.headerSize..<Frame.headerSize + length])
    guard CRC32.of(payload) == number(at: 8) else {
      throw RingbenchError.failed("the guest sent a frame with a wrong checksum")
    }
    pending.removeFirst(Frame.headerSize + length)
    return payload
  }

  private func number(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(pending[offset + $1]) << UInt32(8 * $1) }
  }
}
