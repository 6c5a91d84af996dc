import Documents
import Planning
import Statistics

/// A step of an answer: which cells it compares, and what they tell.
protocol AnsweringStep: Sendable {
  /// The comparisons that it needs; empty for a step that compares nothing.
  func pairs(_ cells: [CellResult]) -> [StepPair]
  func finding(_ evidence: Evidence) -> Finding
}

extension AnsweringStep {
  func pairs(_ cells: [CellResult]) -> [StepPair] { [] }
}

extension AnswerStep {
  var answering: any AnsweringStep {
    switch self {
    case .cheaper(let step): step
    case .from(let step): step
    case .knee(let step): step
    case .without(let step): step
    case .amount(let step): step
    case .fair(let step): step
    case .correct(let step): step
    }
  }
}

/// Two cells that a step compares.
struct StepPair: Sendable {
  /// Where both are, in words.
  var place: String
  /// What is compared with what, in words.
  var what: String
  /// The value of the new cell on the step's axis; nil for a step without one.
  var value: Int?
  var asked: AskedPair
}

struct JudgedPair: Sendable {
  var pair: StepPair
  /// Nil where a side has no numbers.
  var comparison: MetricComparison?
}

/// What a step finds its answer in.
struct Evidence: Sendable {
  var cells: [CellResult]
  /// The step's pairs, in its own order.
  var pairs: [JudgedPair]
  var host: Host
}

/// What a step found.
struct Finding: Sendable {
  var sentence: String
  /// Whether it could be told, everywhere.
  var isTold: Bool
  var rows: [AnswerRow] = []

  /// Nothing in the run answers the step.
  static func nothing(_ why: String) -> Finding { Finding(sentence: "Can't be told here: \(why).", isTold: false) }
}
