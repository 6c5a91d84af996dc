import Base
import Vocabulary

extension String {
  /// With a backslash before each scalar that asks for one. Characters won't do: one with a combining mark is another.
  func escapingScalars(_ isSpecial: (Unicode.Scalar) -> Bool) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in unicodeScalars { escaped.append(contentsOf: isSpecial(scalar) ? ["\\", scalar] : [scalar]) }
    return String(escaped)
  }
}

/// Texts and numbers in formats that have a line for each fact.
enum FormatText {
  /// A number with at most six decimals.
  static func number(_ value: Double) -> String { Decimals.shortest(value, upTo: 6) }

  /// Control characters, and what some readers take for the end of a line.
  private static let breaking: [ClosedRange<UInt32>] = [0...0x1f, 0x7f...0x9f, 0x2028...0x2029]

  /// On one line, without control characters.
  static func line(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      line.append(breaking.contains { $0.contains(scalar.value) } ? " " : scalar)
    }
    return String(line)
  }

  /// Lines for a terminal: a document's text can't move the cursor or set colours.
  static func screen(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
  }

  /// On one line, and without the sign that begins a directive.
  static func description(_ text: String) -> String {
    var description = String.UnicodeScalarView()
    for scalar in line(text).unicodeScalars { description.append(scalar == "#" ? "?" : scalar) }
    return String(description)
  }

  /// Letters, digits and a few signs, for keys without blanks and colons.
  static func key(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_=/.".contains($0)) ? $0 : "_" })
  }

  /// The cell's identifier as `axis=value` pairs.
  static func axes(_ cell: Cell) -> String {
    let names = ["transport", "mode", "operation"]
    let parts = cell.id.split(separator: "/").enumerated().compactMap { index, part -> String? in
      if index < names.count { return "\(names[index])=\(part)" }
      return part.contains("=") ? String(part) : nil
    }
    let implementation = cell.implementation == .swift ? [] : ["implementation=\(cell.implementation.rawValue)"]
    return key((parts + implementation).joined(separator: "/"))
  }
}
