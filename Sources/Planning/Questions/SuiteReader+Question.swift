import Base
import Vocabulary
import Yams

extension SuiteReader {
  /// The question of a suite, with its `answer`; nil for a suite that has none.
  ///
  /// `answer` is a list of steps. The first key of a step says of which kind it is: `cheaper`, `from`, `knee`,
  /// `without`, `amount`, `fair` or `correct`.
  func question(_ suite: [String: Node], at root: Node) throws(RingbenchError) -> SuiteQuestion? {
    guard let question = suite["question"] else {
      guard let answer = suite["answer"] ?? suite["elsewhere"] else { return nil }
      throw error(at: answer, "an answer without a question: 'question' is missing")
    }
    let text = try text(suite, "question", at: root)
    guard text.hasSuffix("?") else { throw error(at: question, "'question' must end with a question mark") }
    guard let steps = suite["answer"]?.sequence, !steps.isEmpty else {
      throw error(at: suite["answer"] ?? question, "a question needs 'answer', a list of at least one step")
    }
    var read: [AnswerStep] = []
    for node in steps { read.append(try step(node)) }
    let elsewhere = suite["elsewhere"] == nil ? nil : try self.text(suite, "elsewhere", at: root)
    return SuiteQuestion(text: text, steps: read, elsewhere: elsewhere)
  }

  private static let kinds = ["cheaper", "from", "knee", "without", "amount", "fair", "correct"]

  private func step(_ node: Node) throws(RingbenchError) -> AnswerStep {
    let keys =
      Self.kinds + [
        "than", "called", "than-called", "where", "along", "first", "enough", "least", "event", "better",
        "worse", "same",
      ]
    let fields = StepFields(self, try fields(of: node, allowed: keys, in: "a step of an answer"), node)
    let kinds = Self.kinds.filter { fields.nodes[$0] != nil }
    guard let kind = kinds.first, kinds.count == 1 else {
      throw error(
        at: node, "a step has one of the keys \(Self.kinds.joined(separator: ", ")); this one has \(kinds.count)")
    }
    return switch kind {
    case "cheaper": .cheaper(try fields.sides("cheaper"))
    case "from": .from(FromStep(sides: try fields.sides("from"), axis: try fields.axis()))
    case "knee": .knee(try fields.knee())
    case "without": .without(try fields.without())
    case "amount":
      .amount(
        AmountStep(metrics: try fields.metrics("amount"), place: try fields.place(), advice: try fields.advice("same")))
    case "fair": .fair(try fields.fair())
    default: .correct(CorrectStep(place: try fields.filter("correct"), advice: try fields.advice("better", "worse")))
    }
  }
}
