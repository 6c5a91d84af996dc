/// The content of every message, by which the receiver can tell which message it is and whether it is whole.
///
/// Bytes 0 to 7 are the message's sequence number, little-endian, counted from 0 per connection; byte *i* from 8 on is
/// `sequence * 31 + i` modulo 256. Shorter messages carry the sequence number's low bytes.
enum Message {
  /// Bytes of the sequence number.
  static let headerSize = 8

  @inline(__always)
  static func byte(_ index: Int, of sequence: UInt64) -> UInt8 {
    index < headerSize
      ? UInt8(truncatingIfNeeded: sequence >> UInt64(truncatingIfNeeded: index &* 8))
      : UInt8(truncatingIfNeeded: sequence &* 31 &+ UInt64(truncatingIfNeeded: index))
  }

  /// Writes the sequence number, and with `whole` every byte.
  static func write(_ sequence: UInt64, to buffer: UnsafeMutableRawBufferPointer, whole: Bool) {
    for index in 0..<(whole ? buffer.count : min(headerSize, buffer.count)) {
      buffer[index] = byte(index, of: sequence)
    }
  }
}
