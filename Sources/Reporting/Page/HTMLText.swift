/// Text for HTML: element content and quoted attributes alike.
enum HTMLText {
  /// Markup, quotes and control characters become text. Line breaks become blanks.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t", "\r": escaped += " "
      default:
        if Self.unwanted.contains(where: { $0.contains(scalar.value) }) {
          escaped += "\u{fffd}"
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }

  /// Control characters, those that turn the direction of text, and what XML cannot have.
  private static let unwanted: [ClosedRange<UInt32>] = [
    0...0x1f, 0x7f...0x9f, 0x202a...0x202e, 0x2066...0x2069, 0xfffe...0xffff,
  ]

  /// A section with a heading that links to it.
  static func section(_ id: String, _ title: String, _ content: String) -> String {
    "<section id=\"\(id)\">\n<h2><a href=\"#\(id)\">\(escaped(title))</a></h2>\n\(content)</section>\n"
  }

  /// A paragraph.
  static func paragraph(_ text: String) -> String { "<p>\(escaped(text))</p>\n" }

  /// The numbers of a chart behind a toggle.
  static func numbers(_ label: String, _ titles: [String], _ rows: [String]) -> String {
    let table = "<table>\n\(head(titles))<tbody>\n\(rows.joined())</tbody>\n</table>"
    return "<details><summary>The numbers</summary>\n\(scrolling(label, table))</details>\n"
  }

  /// A row of a table: a heading for the row, and cells.
  static func row(_ heading: String, _ cells: [String]) -> String {
    "<tr><th scope=\"row\">\(escaped(heading))</th>" + cells.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
  }

  /// The head of a table.
  static func head(_ titles: [String]) -> String {
    "<thead><tr>" + titles.map { "<th>\(escaped($0))</th>" }.joined() + "</tr></thead>\n"
  }

  /// A part that scrolls by itself, also by keyboard, so that the page never does so sideways.
  static func scrolling(_ label: String, _ content: String) -> String {
    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(label))\">\(content)</div>\n"
  }

  /// The class of a cell that is so many percent dearer than the cheapest, in steps of one hue.
  static func shade(_ excess: Double?) -> String {
    guard let excess else { return "none" }
    return "h\([0.5, 5, 15, 30, 60, 120].count { excess >= $0 })"
  }
}
