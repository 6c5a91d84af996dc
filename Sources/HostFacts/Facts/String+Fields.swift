/// Splits on bytes: the separators in kernel files are ASCII, and splitting on characters is slow in large files.
extension StringProtocol where SubSequence == Substring {
  var lines: [Substring] {
    Substring(self).utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init)
  }

  /// The words between white space.
  var fields: [Substring] {
    Substring(self).utf8.split(whereSeparator: Self.isBlank).map(Substring.init)
  }

  func trimmingWhitespace() -> Substring {
    var rest = Substring(self).utf8
    while let first = rest.first, Self.isBlank(first) { rest.removeFirst() }
    while let last = rest.last, Self.isBlank(last) { rest.removeLast() }
    return Substring(rest)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}

/// The value of the first line `key: value` or `key<tab>: value`, as in `/proc/self/status` and `/proc/cpuinfo`.
func value(of key: String, in text: String) -> Substring? {
  for line in text.lines {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), line[..<colon].trimmingWhitespace() == key else {
      continue
    }
    return line[line.utf8.index(after: colon)...].trimmingWhitespace()
  }
  return nil
}
