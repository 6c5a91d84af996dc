/// A positive size in bytes on the command line or in a suite: `64`, `4k`, `1M`, with powers of 1024.
package struct ByteSize: Hashable, Sendable {
  package var bytes: Int

  package init?(argument: String) {
    guard let (digits, scale) = Self.split(argument), let count = Int(digits), count > 0 else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: scale)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  private static func split(_ text: String) -> (digits: Substring, scale: Int)? {
    guard let last = text.last else { return nil }
    let scale: Int? =
      switch last {
      case "k", "K": 1 << 10
      case "m", "M": 1 << 20
      case "g", "G": 1 << 30
      default: nil
      }
    let digits = scale == nil ? text[...] : text.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return (digits, scale ?? 1)
  }
}
