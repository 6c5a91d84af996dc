import Documents
import Vocabulary

/// The verdict in words, and how quiet the machine was.
struct PageVerdict: Sendable {
  let document: ResultsDocument
  let usual: UsualValues

  init(_ document: ResultsDocument, usual: UsualValues) { (self.document, self.usual) = (document, usual) }

  var text: String {
    let lines = Answers(document).lines + Highlights(document.cells, usual: usual).lines
    let items = lines.map { "<li>\(HTMLText.escaped($0))</li>\n" }.joined()
    let answers = items.isEmpty ? "" : "<ul class=\"answers\">\n\(items)</ul>\n"
    return """
      <section id="verdict" aria-label="What to use here">
      \(answers)<p class="machine">\(HTMLText.escaped(RunOverview(document).machine))</p>
      </section>

      """
  }
}
