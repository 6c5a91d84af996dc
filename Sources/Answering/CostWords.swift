import Base
import Documents
import Planning
import Statistics
import Vocabulary

/// The words for less and more cost: time, CPU time or instructions.
struct CostWords: Sendable {
  let less: String
  let more: String
  let same: String

  init(_ cells: [Cell], on host: Host) {
    if host.countsInstructions {
      (less, more, same) = (
        "takes fewer instructions than", "takes more instructions than", "takes as many instructions as"
      )
    } else if !cells.isEmpty, cells.allSatisfy({ Metric.cost($0.pattern) == .cpuNsPerOperation }) {
      (less, more, same) = ("takes less CPU time than", "takes more CPU time than", "takes as much CPU time as")
    } else {
      (less, more, same) = ("costs less than", "costs more than", "costs the same as")
    }
  }

  /// The unit of a single cost.
  static func unit(_ host: Host) -> String { host.countsInstructions ? "instructions" : "ns" }
}

/// Percentages and intervals as people read them.
enum Percents {
  /// `38 % (95 % interval 35 to 41 %)`. The interval is named only where it is the first of a sentence.
  ///
  /// - Parameter isLess: shows a decrease as a positive number.
  static func text(_ comparison: MetricComparison, isLess: Bool = false, isFirst: Bool = true) -> String {
    guard let percent = comparison.percent else { return "an unknown share" }
    let sign = isLess ? -1.0 : 1.0
    let ends = comparison.interval.map { isLess ? [-$0[1], -$0[0]] : $0 }
    return number(percent * sign) + " %" + (ends.map { " (\(isFirst ? "95 % interval " : "")\(range($0)))" } ?? "")
  }

  /// `-0.4 to 1.2 %`.
  static func range(_ ends: [Double]) -> String { Listed.range(ends) { "\(number($0)) %" } }

  /// With a minus that is never before a zero.
  static func number(_ value: Double) -> String {
    let text = Decimals.percent(value)
    return text == "-0.0" ? "0.0" : text
  }

  /// For a table: always with its sign.
  static func signed(_ value: Double) -> String {
    (value > 0 && number(value) != "0.0" ? "+" : "") + number(value) + " %"
  }

  /// A quantity with three digits or so.
  static func quantity(_ value: Double) -> String { Decimals.text(value, abs(value) < 10 ? 1 : 0) }
}

extension Advice {
  static func filled(_ text: String, _ value: String) -> String { text.replacing("{value}", with: value) }
}

extension AnswerRow {
  init(_ judged: JudgedPair) {
    let comparison = judged.comparison
    self.init(
      what: "\(judged.pair.what) \(judged.pair.place)", figure: comparison?.percent.map(Percents.signed) ?? "",
      interval: comparison?.interval.map(Percents.range) ?? "", word: Self.word(comparison, judged.pair.asked.enough))
  }

  private static func word(_ comparison: MetricComparison?, _ enough: Double) -> String {
    switch comparison?.verdict {
    case .better: "certainly less"
    case .worse: "certainly more"
    case .same: "the same within \(Decimals.shortest(enough)) %"
    case .undecided: "can't be told"
    case .lost, .missing, nil: "no numbers"
    }
  }
}
