import Base
import Planning
import Testing
import Vocabulary

/// `question` and `answer` of a suite.
@Suite struct QuestionReaderTests {
  private static let head =
    "name: mine\ndescription: A suite.\ntrials: 3\nrounds: 1\ngroups: [{mode: pbuf, transport: tcp, operation: oneshot}]\n"
  private static let words = "called: a, than-called: b, better: x, worse: y, same: z"

  @Test func readsAStep() throws {
    let yaml =
      Self.head
      + "question: Which?\nanswer:\n  - {cheaper: {mode: pbuf}, than: {mode: [plain]}, enough: 2, \(Self.words)}\n"
    let question = try #require(try SuiteReader.read(yaml, file: "mine.yaml").question)
    #expect(question.text == "Which?" && question.elsewhere == nil)
    guard case .cheaper(let step) = question.steps[0] else {
      Issue.record("not a comparison")
      return
    }
    #expect(step.new.cells.lists.modes == [.pbuf] && step.baseline.cells.lists.modes == [.plain])
    #expect(step.enough == 2 && step.new.name == "a" && step.advice.same == "z")
  }

  @Test func aSuiteNeedsNoQuestion() throws {
    #expect(try SuiteReader.read(Self.head, file: "mine.yaml").question == nil)
  }

  /// Every message has the file, the line, what is wrong and what would be right.
  @Test(arguments: [
    ("answer: []\n", "mine.yaml:6: an answer without a question: 'question' is missing"),
    ("question: Which\n", "mine.yaml:6: 'question' must end with a question mark"),
    ("question: Which?\n", "mine.yaml:6: a question needs 'answer', a list of at least one step"),
    ("question: Which?\nanswer: []\n", "mine.yaml:7: a question needs 'answer'"),
    (
      "question: Which?\nanswer:\n  - {where: {mode: pbuf}}\n",
      "mine.yaml:8: a step has one of the keys cheaper, from, knee"
    ),
    (
      "question: Which?\nanswer:\n  - {cheapr: {}}\n",
      "mine.yaml:8: unknown key 'cheapr' in a step of an answer: cheaper, "
    ),
    ("question: Which?\nanswer:\n  - {cheaper: {mode: pbuf}, called: a}\n", "mine.yaml:8: 'than' is missing"),
    ("question: Which?\nanswer:\n  - {cheaper: {mode: pbfu}, called: a}\n", "mine.yaml:8: unknown mode 'pbfu'"),
    (
      "question: Which?\nanswer:\n  - {cheaper: {mod: pbuf}, called: a}\n",
      "mine.yaml:8: unknown key 'mod' in 'cheaper': mode, "
    ),
    (
      "question: Which?\nanswer:\n  - {knee: {}, along: size, better: x, worse: y}\n",
      "mine.yaml:8: 'size' is not a value for along: one of message-size, "
    ),
    (
      "question: Which?\nanswer:\n  - {knee: {}, along: buffers, better: x, worse: y, same: z}\n",
      "mine.yaml:8: 'same' is no outcome of this kind of step: it has better, worse"
    ),
    (
      "question: Which?\nanswer:\n  - {cheaper: {mode: pbuf}, than: {mode: plain}, enough: -1, \(words)}\n",
      "mine.yaml:8: '-1' is not a value for enough: a number above 0 is needed"
    ),
    (
      "question: Which?\nanswer:\n  - {amount: [bytez], same: x}\n",
      "mine.yaml:8: unknown metric 'bytez': a column of results.csv"
    ),
    ("placement: near\n", "mine.yaml:6: 'near' is not a value for placement: one of local, remote, all is needed"),
  ])
  func namesThePlaceOfAMistake(yaml: String, message: String) {
    let error = #expect(throws: RingbenchError.self) { try SuiteReader.read(Self.head + yaml, file: "mine.yaml") }
    #expect(error?.status == .badInput)
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }
}
