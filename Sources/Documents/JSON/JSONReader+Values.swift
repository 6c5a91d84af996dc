import FoundationEssentials

extension JSONReader {
  mutating func string() throws(Problem) -> String {
    let raw = try rawString()
    guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
    // Escapes are rare.
    let quoted = bytes[raw.startIndex - 1..<raw.endIndex + 1]
    guard let text = try? ResultsJSON.decode(String.self, from: Data(quoted)) else { throw problem("a wrong escape") }
    return text
  }

  /// The bytes between the quotes, with escapes unchanged.
  mutating func rawString() throws(Problem) -> Slice<UnsafeRawBufferPointer> {
    try take(UInt8(ascii: "\""), "a string")
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return bytes[start..<position - 1]
      case UInt8(ascii: "\\"): position += 2
      case ..<0x20: throw problem("a string without its closing quote")
      default: position &+= 1
      }
    }
    position = min(position, bytes.count)
    throw problem("the text ends within a string")
  }

  /// A finite number.
  mutating func number() throws(Problem) -> Double {
    let raw = try rawNumber()
    if let value = DecimalNumber.value(raw) { return value }
    guard let value = Double(String(decoding: raw, as: UTF8.self)), value.isFinite else {
      throw problem("'\(String(decoding: raw, as: UTF8.self))' is not a finite number")
    }
    return value
  }

  mutating func rawNumber() throws(Problem) -> Slice<UnsafeRawBufferPointer> {
    _ = peek()
    let start = position
    while position < bytes.count, DecimalNumber.isPart(bytes[position]) { position &+= 1 }
    let raw = bytes[start..<position]
    guard let first = raw.first, first == UInt8(ascii: "-") || DecimalNumber.isDigit(first) else {
      let word = bytes[start...].prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") }.prefix(20)
      throw problem(word.isEmpty ? "the text ends too early" : "'\(String(decoding: word, as: UTF8.self))' is not JSON")
    }
    return raw
  }
}
