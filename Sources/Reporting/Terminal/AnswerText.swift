import Answering
import Documents

/// The answer to the question of a run, for a terminal: the table behind it, then the question and the answer.
struct AnswerText: Sendable {
  let answer: QuestionAnswer

  /// Nil for a run whose suite asks nothing.
  init?(_ document: ResultsDocument) {
    guard let answer = QuestionAnswer(document) else { return nil }
    self.answer = answer
  }

  /// A row for each comparison, each once.
  var table: String {
    var seen: Set<AnswerRow> = []
    let rows = answer.rows.filter { seen.insert($0).inserted }
    let titles = AnswerRow.titles
    return TerminalTable(
      titles: [.word(titles[0]), .number(titles[1]), .number(titles[2]), .word(titles[3])],
      rows: rows.map { [$0.what, $0.figure, $0.interval, $0.word] }
    ).text
  }

  /// The question, the sentences that answer it, and what supports them. A command line stays on one line.
  var words: String {
    let support = answer.support.map { TextLines.wrapped("- \($0)") }.joined()
    let again = answer.reproducers.prefix(Self.most).map { "  \($0)\n" }.joined()
    let reproducers = again.isEmpty ? "" : "To see a failure again:\n\(again)"
    return [
      TextLines.wrapped(answer.question) + TextLines.wrapped(answer.headline.joined(separator: " ")), support,
      reproducers,
    ]
    .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// More commands help nobody.
  private static let most = 5
}
