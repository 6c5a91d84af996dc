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
      guard result.status != .ok || result.cost == nil else { continue }
      let reason = result.reason.map { reason in
        "\(reason.stage.rawValue): \(reason.message)" + (reason.errno.map { " (\($0))" } ?? "")
      }
      let nothing = result.status == .ok ? "no trial was measured: the run was stopped" : "no reason was written down"
      let why = "\(result.status == .ok ? "missing" : result.status.rawValue): \(reason ?? nothing)"
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
    return HTMLText.section(
      "missing", "What could not be measured", HTMLText.scrolling("Cells without numbers", table))
  }

  private static func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(_ words: [Word]) -> String {
    let used = Set(words)
    return Word.allCases.filter(used.contains).map(\.rawValue).joined(separator: ", ")
  }
}
