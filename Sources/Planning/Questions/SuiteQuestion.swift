/// What people ask that a suite was made for, and how its cells answer it.
package struct SuiteQuestion: Hashable, Sendable {
  /// The question, with its question mark.
  package var text: String
  /// The first two are the answer itself; the others support it.
  package var steps: [AnswerStep]
  /// What to do where this machine or kernel can't tell; nil where nothing is known to help.
  package var elsewhere: String?
}

/// One thing that the cells of a suite tell.
package enum AnswerStep: Hashable, Sendable {
  case cheaper(CheaperStep)
  case from(FromStep)
  case knee(KneeStep)
  case without(WithoutStep)
  case amount(AmountStep)
  case fair(FairStep)
  case correct(CorrectStep)
}

/// What to do, by outcome: the beginning of the answer's sentence. `{value}` stands for a value on the step's axis.
package struct Advice: Hashable, Sendable {
  package var better: String
  package var worse: String
  package var same: String
}
