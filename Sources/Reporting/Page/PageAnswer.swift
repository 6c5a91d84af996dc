import Answering
import Documents

/// The question of a run and its answer: the first section of its page.
struct PageAnswer: Sendable {
  private let answer: QuestionAnswer?

  init(_ document: ResultsDocument) { answer = QuestionAnswer(document) }

  /// Empty for a run whose suite asks nothing.
  var text: String {
    guard let answer else { return "" }
    let headline = "<p class=\"answer\">\(HTMLText.escaped(answer.headline.joined(separator: " ")))</p>\n"
    let items = answer.support.map { "<li>\(HTMLText.escaped($0))</li>\n" }.joined()
    let support = items.isEmpty ? "" : "<ul class=\"answers\">\n\(items)</ul>\n"
    let commands = answer.reproducers.map { "<li><code>\(HTMLText.escaped($0))</code></li>\n" }.joined()
    let again = commands.isEmpty ? "" : HTMLText.paragraph("To see a failure again:") + "<ul>\n\(commands)</ul>\n"
    let rows = answer.rows.map { HTMLText.row($0.what, [$0.figure, $0.interval, $0.word]) }
    let numbers = rows.isEmpty ? "" : HTMLText.numbers("What is compared", AnswerRow.titles, rows)
    return HTMLText.section("answer", answer.question, headline + support + again + numbers)
  }
}
