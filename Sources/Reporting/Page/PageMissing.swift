import Documents
import Vocabulary

/// What has no numbers and why, a row for each reason.
struct PageMissing: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    var order: [String] = []
    var cells: [String: [Cell]] = [:]
    for result in document.cells {
      guard let reason = result.reason, result.status != .ok else { continue }
      let errno = reason.errno.map { " (\($0))" } ?? ""
      let why = "\(result.status.rawValue): \(reason.stage.rawValue): \(reason.message)\(errno)"
      if cells[why] == nil { order.append(why) }
      cells[why, default: []].append(result.cell)
    }
    guard !order.isEmpty else { return "" }
    let rows = order.map { why -> String in
      let all = cells[why] ?? []
      return HTMLText.row(why, [Self.words(all.map(\.mode)), Self.words(all.map(\.transport)), "\(all.count)"])
    }
    let table =
      "<table class=\"prose\">\n\(HTMLText.head(["reason", "modes", "transports", "cells"]))<tbody>\n\(rows.joined())"
      + "</tbody>\n</table>"
    return "<section id=\"missing\">\n<h2>What could not be measured</h2>\n"
      + HTMLText.scrolling("Cells without numbers", table) + "</section>\n"
  }

  private static func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(_ words: [Word]) -> String {
    let used = Set(words)
    return Word.allCases.filter(used.contains).map(\.rawValue).joined(separator: ", ")
  }
}
