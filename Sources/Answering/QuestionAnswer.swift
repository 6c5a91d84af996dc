import Base
package import Documents
package import Planning
import Statistics
import Vocabulary

/// The answer to a suite's question, in words, from the results alone.
package struct QuestionAnswer: Sendable {
  /// The question.
  package let question: String
  /// One or two sentences that answer it.
  package let headline: [String]
  /// What supports it, and what could not be told.
  package let support: [String]
  /// The comparisons behind it, for a table.
  package let rows: [AnswerRow]
  /// Commands that show a failure again.
  package let reproducers: [String]

  /// How many steps make the headline.
  private static let headlineSteps = 2

  /// The answer that a run of a suite gives to the suite's own question; nil for a suite without one.
  package init?(_ document: ResultsDocument) {
    guard let question = SuiteLibrary.question(of: document.suite) else { return nil }
    self.init(question, document)
  }

  package init(_ question: SuiteQuestion, _ document: ResultsDocument) {
    let steps = question.steps.map(\.answering)
    let cells = document.cells.filter { $0.cell.implementation == .swift }
    let pairs = steps.map { $0.pairs(cells) }
    // All comparisons of the answer are one family.
    var judged = AskedPair.judged(pairs.joined().map(\.asked), on: document.host)[...]
    let findings = zip(steps, pairs).map { step, pairs in
      let verdicts = judged.prefix(pairs.count)
      judged = judged.dropFirst(pairs.count)
      return step.finding(
        Evidence(
          cells: cells, pairs: zip(pairs, verdicts).map { JudgedPair(pair: $0, comparison: $1) }, host: document.host))
    }
    self.question = question.text
    headline = findings.prefix(Self.headlineSteps).map(\.sentence)
    var support = findings.dropFirst(Self.headlineSteps).map(\.sentence)
    let missing = MissingCells(cells, suite: document.suite)
    support += missing.sentences
    // Another machine does not tell what lies too near a limit, or went wrong.
    let lacksCells = cells.contains { $0.status == .unsupported } || findings.contains { $0.rows.isEmpty }
    if let elsewhere = question.elsewhere, lacksCells, findings.contains(where: { !$0.isTold }) {
      support.append(elsewhere)
    }
    self.support = support
    rows = findings.flatMap(\.rows)
    reproducers = missing.reproducers
  }
}

/// A line of the table behind an answer.
package struct AnswerRow: Hashable, Sendable {
  /// What is compared, and where.
  package var what: String
  /// The figure, such as `-38 %`.
  package var figure: String
  /// The 95 % interval; empty where there is none.
  package var interval: String
  /// The verdict.
  package var word: String

  package static let titles = ["compared", "figure", "95 % interval", "so it is"]
}
