import TextTable

/// A table for the terminal: rows of text under titles.
struct TerminalTable: Sendable {
  struct Title: Sendable {
    var text: String
    var isNumber: Bool

    static func word(_ text: String) -> Title { Title(text: text, isNumber: false) }
    static func number(_ text: String) -> Title { Title(text: text, isNumber: true) }
  }

  var titles: [Title]
  var rows: [[String]]

  /// The table with a newline at the end of each line and no blanks before it; empty without rows.
  var text: String {
    let table = TextTable<[String]> { row in
      zip(titles, row).map {
        Column(title: FormatText.line($0.text), value: FormatText.line($1), align: $0.isNumber ? .right : .left)
      }
    }
    let lines = (table.string(for: rows) ?? "").split(separator: "\n")
    return lines.map { Self.trimmed($0) + "\n" }.joined()
  }

  private static func trimmed(_ line: Substring) -> Substring {
    line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)]
  }
}
