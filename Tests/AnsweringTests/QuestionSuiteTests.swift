import Base
import Documents
import TestSupport
import Testing
import Vocabulary

@testable import Answering
@testable import Planning

/// The suites that carry a question, as they are written.
@Suite struct QuestionSuiteTests {
  @Test func thereAreFifteen() throws {
    #expect(SuiteLibrary.questions.count == 15)
    let texts = try SuiteLibrary.questions.map { try #require(SuiteLibrary.question(of: $0)).text }
    #expect(Set(texts).count == 15)
  }

  @Test func otherSuitesAskNothing() {
    for name in SuiteLibrary.names where !SuiteLibrary.questions.contains(name) {
      #expect(SuiteLibrary.question(of: name) == nil)
    }
  }

  @Test(arguments: SuiteLibrary.questions) func canBeMeasuredInThreeMinutes(name: String) throws {
    let plan = try Asked.plan(name)
    #expect(plan.suite == name)
    #expect(!plan.cells.isEmpty && plan.cells.allSatisfy { $0.cell.problem == nil })
    #expect(plan.estimatedSeconds < 150)
  }

  /// Enough trials for a verdict on every pair, were it clear.
  @Test(arguments: SuiteLibrary.questions) func hasTrialsEnoughToTell(name: String) throws {
    let document = try Asked.document(name) { cell, _ in
      Double(600 + cell.id.utf8.reduce(0) { ($0 + Int($1)) % 97 } * 10)
    }
    let answer = try #require(QuestionAnswer(document))
    let words = answer.headline.joined(separator: " ")
    #expect(!words.contains("trials would tell") && !words.contains("are needed"), "\(words)")
  }

  /// Every step compares or counts something, on a machine with two nodes.
  @Test(arguments: SuiteLibrary.questions) func everyStepNamesCellsOfItsPlan(name: String) throws {
    let document = try Asked.document(name) { _, trial in 600 + Double(trial) }
    let question = try #require(SuiteLibrary.question(of: name))
    for step in question.steps {
      let finding = Asked.finding(step, document)
      #expect(!finding.rows.isEmpty, "\(step)")
      #expect(!finding.sentence.contains("the run has no"), "\(finding.sentence)")
    }
  }
}
