import Documents

/// A histogram in HdrHistogram's encoding V2 (`AbstractHistogram.java`: `encodeIntoByteBuffer`), with counts as ZigZag
/// LEB128 and runs of zeros as one negative number.
struct EncodedHistogram: Sendable {
  private let latency: Latency

  init(_ latency: Latency) { self.latency = latency }

  /// The largest value that such a log can hold without being told otherwise: an hour in nanoseconds.
  private static let longest: UInt64 = 3_600_000_000_000

  /// Encoded and wrapped as zlib data, which is not made smaller: runs of zeros already are.
  var compressed: [UInt8] {
    let data = ZlibStored.wrapped(encoded)
    return Self.bytes(0x1c84_9314 as UInt32) + Self.bytes(UInt32(data.count)) + data
  }

  private var encoded: [UInt8] {
    let counts = payload
    let header: [[UInt8]] = [
      Self.bytes(0x1c84_9313 as UInt32), Self.bytes(UInt32(counts.count)), Self.bytes(0 as UInt32),
      Self.bytes(UInt32(clamping: latency.histogram.significantDigits)), Self.bytes(1 as UInt64),
      Self.bytes(Swift.max(Self.longest, latency.max)), Self.bytes((1.0).bitPattern),
    ]
    return header.flatMap { $0 } + counts
  }

  private var payload: [UInt8] {
    var bytes: [UInt8] = []
    var next = 0
    for (value, count) in zip(latency.histogram.values, latency.histogram.counts) {
      let index = index(of: value)
      if index > next { Self.append(-Int64(index - next), to: &bytes) }
      Self.append(Int64(clamping: count), to: &bytes)
      next = index + 1
    }
    return bytes
  }

  /// The place of a value among the counts: `countsArrayIndex` with 1 as the lowest value.
  private func index(of value: UInt64) -> Int {
    let largest = 2 * (0..<latency.histogram.significantDigits).reduce(1) { product, _ in product * 10 }
    let magnitude = UInt64.bitWidth - UInt64(largest - 1).leadingZeroBitCount
    let half = 1 << (magnitude - 1)
    let bucket = UInt64.bitWidth - (value | UInt64(2 * half - 1)).leadingZeroBitCount - magnitude
    return (bucket + 1) * half + Int(value >> UInt64(bucket)) - half
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) }
  }

  /// ZigZag LEB128 of at most nine bytes.
  private static func append(_ number: Int64, to bytes: inout [UInt8]) {
    var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
    for _ in 0..<8 {
      guard rest >= 0x80 else { return bytes.append(UInt8(rest)) }
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}

/// zlib's format (RFC 1950) with stored blocks (RFC 1951, 3.2.4).
enum ZlibStored {
  static func wrapped(_ data: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, data.count)
      let length = UInt16(end - start)
      bytes.append(end == data.count ? 1 : 0)
      bytes += [UInt8(length & 0xff), UInt8(length >> 8), UInt8(~length & 0xff), UInt8(~length >> 8)]
      bytes += data[start..<end]
      start = end
    } while start < data.count
    return bytes + withUnsafeBytes(of: adler32(data).bigEndian) { [UInt8]($0) }
  }

  private static func adler32(_ data: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in data {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return b << 16 | a
  }
}
