/// Reads a JSON text (RFC 8259) once, forwards, and builds only the values that are asked for.
///
/// A run of 10 000 cells is more than a hundred megabytes of text, and a comparison needs a tenth of it. Foundation's
/// decoder builds all of it, at some 20 MB/s. This reader still checks the brackets, strings, words and characters of
/// numbers in what it skips, so it finds `NaN` anywhere.
///
/// The memory must outlive the reader.
struct JSONReader {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  private static let deepest = 64

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// What is wrong with the text, and at which line.
  struct Problem: Error {
    var line: Int
    var message: String
  }

  func problem(_ message: String) -> Problem {
    Problem(line: 1 + bytes.prefix(position).count { $0 == UInt8(ascii: "\n") }, message: message)
  }

  /// The next byte that is not white space; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position &+= 1
    }
    return nil
  }

  mutating func take(_ byte: UInt8, _ name: String) throws(Problem) {
    guard peek() == byte else { throw problem("\(name) is expected here") }
    position += 1
  }

  /// Checks that only white space is left.
  mutating func end() throws(Problem) {
    if peek() != nil { throw problem("something follows the end of the document") }
  }

  /// Takes the value if it is `null`, and returns whether it was.
  mutating func null() -> Bool {
    guard peek() == UInt8(ascii: "n"), JSONKey(bytes: bytes[position...].prefix(4)) == "null" else { return false }
    position += 4
    return true
  }
}

// MARK: Objects and arrays

extension JSONReader {
  /// Reads an object: `member` is called after each key and has to take the value.
  mutating func object(_ member: (inout JSONReader, JSONKey) throws(Problem) -> Void) throws(Problem) {
    try take(UInt8(ascii: "{"), "an object")
    if peek() == UInt8(ascii: "}") {
      position += 1
      return
    }
    while true {
      let key = try rawString()
      try take(UInt8(ascii: ":"), "':'")
      try member(&self, JSONKey(bytes: key))
      guard try isFollowed(before: UInt8(ascii: "}")) else { return }
    }
  }

  /// Reads an array: `element` is called before each value and has to take it.
  mutating func array(_ element: (inout JSONReader) throws(Problem) -> Void) throws(Problem) {
    try take(UInt8(ascii: "["), "an array")
    if peek() == UInt8(ascii: "]") {
      position += 1
      return
    }
    repeat { try element(&self) } while try isFollowed(before: UInt8(ascii: "]"))
  }

  /// Takes the comma before another item, or the bracket after the last.
  private mutating func isFollowed(before close: UInt8) throws(Problem) -> Bool {
    let next = peek()
    guard next == UInt8(ascii: ",") || next == close else { throw problem("',' or a closing bracket is expected here") }
    position += 1
    return next != close
  }

  /// Skips a value and returns its bytes.
  @discardableResult
  mutating func skip(depth: Int = 0) throws(Problem) -> Slice<UnsafeRawBufferPointer> {
    let first = peek()
    let start = position
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < Self.deepest else { throw problem("more than \(Self.deepest) levels") }
      if first == UInt8(ascii: "{") {
        try object { reader, _ throws(Problem) in _ = try reader.skip(depth: depth + 1) }
      } else {
        try array { reader throws(Problem) in _ = try reader.skip(depth: depth + 1) }
      }
    case UInt8(ascii: "\""): _ = try rawString()
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): try word()
    default: _ = try rawNumber()
    }
    return bytes[start..<position]
  }

  private mutating func word() throws(Problem) {
    for word in [StaticString("true"), "false", "null"] {
      guard JSONKey(bytes: bytes[position...].prefix(word.utf8CodeUnitCount)) == word else { continue }
      position += word.utf8CodeUnitCount
      return
    }
    throw problem("a value is expected here")
  }
}
