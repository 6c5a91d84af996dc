/// A value as it stands in a CSV file (RFC 4180).
package enum CSVField {
  /// Quotes a text that holds a comma, a quote or a line break.
  package static func text(_ text: String) -> String {
    let special = text.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    guard special else { return text }
    // By scalar: a quote with a combining mark is one character and not equal to a quote.
    var doubled = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { doubled.append(contentsOf: scalar == "\"" ? [scalar, scalar] : [scalar]) }
    return "\"" + String(doubled) + "\""
  }

  /// An empty field stands for null.
  static func optional(_ value: (some CustomStringConvertible)?) -> String {
    value.map(\.description) ?? ""
  }

  /// Pages per node as `node:pages`, sorted by node and separated by spaces.
  static func pages(_ pages: PagesPerNode) -> String {
    let nodes = pages.keys.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
    return nodes.map { "\($0):\(pages[$0] ?? 0)" }.joined(separator: " ")
  }
}
