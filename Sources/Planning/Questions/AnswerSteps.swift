package import Vocabulary

/// Some cells, and what people call them.
package struct NamedCells: Hashable, Sendable {
  package var cells: CellFilter
  /// In the singular: `a buffer ring`.
  package var name: String
}

/// Whether some cells are cheaper than others that are alike in all that neither side names.
package struct CheaperStep: Hashable, Sendable {
  package var new: NamedCells
  package var baseline: NamedCells
  /// The cells of both sides.
  package var place: CellFilter
  /// Percent: a smaller difference counts as none.
  package var enough: Double
  package var advice: Advice
}

/// From which value of an axis on some cells are certainly cheaper than others.
package struct FromStep: Hashable, Sendable {
  package var sides: CheaperStep
  package var axis: NumberAxis
}

/// How far one can go along an axis before a message costs certainly more than at the first value.
package struct KneeStep: Hashable, Sendable {
  package var place: CellFilter
  package var axis: NumberAxis
  /// Where to start; values are then looked at in order of their distance. Nil for the smallest.
  package var first: Int?
  /// Percent: costs may grow by this.
  package var enough: Double
  /// `better` where there is no knee, `worse` where there is one.
  package var advice: Advice
}

/// The smallest value of an axis at which something never happens, and what it costs where it does.
package struct WithoutStep: Hashable, Sendable {
  /// Counts what should not happen.
  package var metric: Metric
  /// One of it: `an ENOBUFS`.
  package var event: String
  package var place: CellFilter
  package var axis: NumberAxis
  /// `better` where a value is enough, `worse` where none is.
  package var advice: Advice
}

/// How many bytes a connection takes, by the way it receives.
package struct AmountStep: Hashable, Sendable {
  /// Bytes, which are added up.
  package var metrics: [Metric]
  package var place: CellFilter
  /// Begins the sentence about the least: `{value}` is the way.
  package var advice: Advice
}

/// Whether a metric reaches a value.
package struct FairStep: Hashable, Sendable {
  package var metric: Metric
  package var least: Double
  package var place: CellFilter
  /// `better` where it does, `worse` where it does not.
  package var advice: Advice
}

/// Whether every byte arrived.
package struct CorrectStep: Hashable, Sendable {
  package var place: CellFilter
  package var advice: Advice
}
