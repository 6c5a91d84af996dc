import Base
import Documents
import Vocabulary

/// A run as a table of GitHub Flavored Markdown, with the answers above it.
struct MarkdownFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    let usual = UsualValues(document.cells.map(\.cell))
    let unit = document.host.clockWord
    let answers = Answers(document).lines.map { "- \(MarkdownText.escaped($0))\n" }.joined()
    let head =
      "| transport | operation | pattern | mode | \(unit) | 95 % interval | vs cheapest |\n"
      + "| --- | --- | --- | --- | ---: | ---: | ---: |\n"
    let rows = ResultBlock.blocks(of: document.cells).flatMap { block in
      block.results.map { result -> String in
        let cell = result.cell
        let why = result.reason.map { "\(result.status.rawValue): \($0.message)" } ?? ""
        let excess = block.excess(of: result).map { $0 == 0 ? "cheapest" : "+\(Decimals.percent($0)) %" } ?? why
        let fields = [
          cell.transport.rawValue + usual.differences(cell), cell.operation.rawValue, cell.pattern.rawValue,
          cell.mode.rawValue, result.medianText, result.intervalText, excess,
        ]
        return MarkdownText.row(fields.map(MarkdownText.escaped))
      }
    }
    let title =
      "### ringbench: \(MarkdownText.escaped(document.suite)) on Linux \(MarkdownText.escaped(document.host.kernelRelease))\n"
    let machine = MarkdownText.escaped(RunOverview(document).machine)
    return [title, answers, head + rows.joined(), "\(machine)\n"].filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
