import Documents
import Vocabulary

/// The matrix as tables: a table for each pattern and operation, whose cells lead to the sections.
struct PageMatrix: Sendable {
  let document: ResultsDocument
  let usual: UsualValues
  let blocks: PageBlocks
  let facets: PageFacets

  init(_ document: ResultsDocument, usual: UsualValues, blocks: PageBlocks, facets: PageFacets) {
    (self.document, self.usual, self.blocks, self.facets) = (document, usual, blocks, facets)
  }

  var text: String {
    let matrices = CostMatrix.matrices(of: document.cells, usual: usual)
    guard !matrices.isEmpty else { return "" }
    let unit = document.host.clockWord
    let usually = usual.text.isEmpty ? "" : "\(usual.text) unless a row says otherwise. "
    let legend =
      "\(usually)In each row the cheapest stands in \(unit), the others in per cent over it. "
      + "~ stands where an interval is missing and medians alone are compared, = not told apart from it, - not possible, * not offered by this kernel, ! failed, ? nothing measured."
    return HTMLText.section(
      "matrix", "What a message costs",
      HTMLText.paragraph(legend) + "<div class=\"matrices\">\n\(matrices.map(tables).joined())</div>\n")
  }

  private func tables(_ matrix: CostMatrix) -> String {
    matrix.columns.map { column in
      let name = "\(matrix.pattern.matrixTitle) \(column.operation.rawValue)"
      let rows = matrix.rows.filter { $0.blocks[column.operation] != nil }.map { row(matrix, $0, column) }.joined()
      let caption = "<caption>\(HTMLText.escaped(name)): \(HTMLText.escaped(matrix.pattern.matrixMeaning))</caption>\n"
      let head = HTMLText.head([""] + column.modes.map(\.rawValue))
      let table = "<table class=\"matrix\">\n\(caption)\(head)<tbody>\n\(rows)</tbody>\n</table>"
      let cell = matrix.rows.lazy.compactMap { $0.blocks[column.operation]?.cell }.first
      let classes = cell.map { facets.classes($0, only: ["operation", "pattern"]) } ?? ""
      return "<div class=\"\(classes)\">\(HTMLText.scrolling(name, table))</div>\n"
    }.joined()
  }

  private func row(_ matrix: CostMatrix, _ row: CostMatrix.Row, _ column: CostMatrix.Column) -> String {
    guard let block = row.blocks[column.operation] else { return "" }
    let anchor = blocks.anchor(of: block)
    let cells = column.modes.map { mode -> String in
      let mark = CostMatrix.mark(mode, in: block)
      let result = block.results.first { $0.cell.mode == mode }
      let excess = result.flatMap { block.excess(of: $0) }
      let shade = HTMLText.shade(mark == "=" ? 0 : excess)
      return "<td class=\"\(shade)\"><a href=\"#\(anchor)\">\(HTMLText.escaped(mark))</a></td>"
    }
    let classes = facets.classes(block.cell, only: ["transport", "message size", "connections", "nodes"])
    return "<tr class=\"\(classes)\"><th scope=\"row\">\(HTMLText.escaped(row.label))</th>\(cells.joined())</tr>\n"
  }
}
