import Vocabulary

/// Boxes that hide cells by operation, pattern, transport, size and so on. They need no script: the style sheet looks at
/// what is ticked.
struct PageFacets: Sendable {
  private struct Facet: Sendable {
    var name: String
    var value: @Sendable (Cell) -> String
    var choices: [(word: String, value: String)]
  }

  private let facets: [Facet]

  init(_ cells: [Cell]) {
    let words = Self.names.map { name, value in
      Facet(name: name, value: value, choices: Self.distinct(cells.map(value)).map { (Self.className(name, $0), $0) })
    }
    facets = words.filter { (2...Self.most).contains($0.choices.count) }
  }

  /// More boxes than this help nobody.
  private static let most = 12

  private static let names: [(String, @Sendable (Cell) -> String)] = [
    ("transport", { $0.transport.rawValue }), ("operation", { $0.operation.rawValue }),
    ("pattern", { $0.pattern.rawValue }), ("message size", { "\($0.messageSize)" }),
    ("connections", { "\($0.connections)" }), ("nodes", { "\($0.cpuNode)/\($0.memoryNode)" }),
  ]

  private static func distinct(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }

  private static func className(_ name: String, _ value: String) -> String {
    "f-" + (name + "-" + value).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
  }

  /// The classes by which an element with these cells is hidden; none for what has no boxes.
  func classes(_ cell: Cell, only: [String]? = nil) -> String {
    facets.filter { only?.contains($0.name) ?? true }.map { Self.className($0.name, $0.value(cell)) }
      .joined(separator: " ")
  }

  var style: String {
    facets.flatMap { facet in
      facet.choices.map { "body:has(#\($0.word):not(:checked)) .\($0.word) { display: none; }\n" }
    }.joined()
  }

  var text: String {
    guard !facets.isEmpty else { return "" }
    let fields = facets.map { facet in
      let boxes = facet.choices.map { choice in
        "<label><input type=\"checkbox\" id=\"\(choice.word)\" checked=\"checked\"/> \(HTMLText.escaped(choice.value))</label>\n"
      }
      return "<fieldset><legend>\(HTMLText.escaped(facet.name))</legend>\n\(boxes.joined())</fieldset>\n"
    }
    return "<details class=\"facets\"><summary>Show less</summary>\n<form>\n\(fields.joined())</form>\n</details>\n"
  }
}
