import Base
import Documents
import Planning
import Statistics
import Vocabulary

extension CheaperStep: AnsweringStep {
  func pairs(_ cells: [CellResult]) -> [StepPair] { pairs(cells, along: nil) }

  /// Each new cell with the baseline that is alike in all that neither side names.
  func pairs(_ cells: [CellResult], along axis: NumberAxis?) -> [StepPair] {
    func key(_ cell: Cell) -> Cell { new.cells.forgotten(in: baseline.cells.forgotten(in: cell)) }
    let mine = cells.filter { place.matches($0.cell) }
    let baselines = Dictionary(
      mine.filter { baseline.cells.matches($0.cell) }.map { (key($0.cell), $0) },
      uniquingKeysWith: { first, _ in first })
    let news = mine.filter { new.cells.matches($0.cell) && baselines[key($0.cell)] != nil }
    let words = Places(news.map { key($0.cell) }, except: axis)
    return news.compactMap { result in
      baselines[key(result.cell)].map { other in
        StepPair(
          place: words.words(key(result.cell))
            + (axis.flatMap { axis in result.cell[axis].map { ", \(axis.phrase($0))" } } ?? ""),
          what: "\(new.name) to \(baseline.name)", value: axis.flatMap { result.cell[$0] },
          asked: AskedPair(baseline: other, new: result, enough: enough))
      }
    }
  }

  func finding(_ evidence: Evidence) -> Finding {
    let told = evidence.pairs.filter { $0.comparison != nil }
    guard !told.isEmpty else { return .nothing(missing(evidence.pairs)) }
    let groups = [Verdict.better, .worse, .same, .undecided].compactMap { verdict -> VerdictGroup? in
      let pairs = told.filter { $0.comparison?.verdict == verdict }
      return pairs.isEmpty ? nil : VerdictGroup(verdict: verdict, pairs: pairs)
    }
    let words = CostWords(told.map(\.pair.asked.new.cell), on: evidence.host)
    return Finding(
      sentence: sentence(groups, words), isTold: !groups.contains { $0.verdict == .undecided },
      rows: evidence.pairs.map(AnswerRow.init))
  }

  private func sentence(_ groups: [VerdictGroup], _ words: CostWords) -> String {
    guard groups.count == 1, let group = groups.first else {
      let parts = groups.enumerated().map { mixedPart($1, $0 == 0 ? new.name : "it", words) }
      return "It depends: \(parts.joined(separator: "; "))."
    }
    switch group.verdict {
    case .better:
      return
        "\(advice.better): \(new.name) certainly \(words.less) \(baseline.name), by \(group.figures(isLess: true))."
    case .worse: return "\(advice.worse): \(new.name) certainly \(words.more) \(baseline.name), by \(group.figures())."
    case .same:
      return
        "\(advice.same): \(new.name) \(words.same) \(baseline.name) within \(percent), the difference is \(group.figures())."
    default:
      return "Can't be told whether \(new.name) \(words.less) \(baseline.name): \(remedy(group)); "
        + "so far the difference is \(group.figures())."
    }
  }

  private func mixedPart(_ group: VerdictGroup, _ subject: String, _ words: CostWords) -> String {
    switch group.verdict {
    case .better: "\(subject) certainly \(words.less) \(baseline.name) by \(group.figures(isLess: true))"
    case .worse: "\(subject) certainly \(words.more) \(baseline.name) by \(group.figures())"
    case .same: "\(subject) \(words.same) \(baseline.name) within \(percent) \(group.places)"
    default: "it can't be told \(group.places) (\(remedy(group)))"
    }
  }

  private func remedy(_ group: VerdictGroup) -> String { Undecided.remedy(group.pairs.compactMap(\.comparison)) }

  private var percent: String { "\(Decimals.shortest(enough)) %" }

  /// Why no pair has numbers.
  func missing(_ pairs: [JudgedPair]) -> String {
    let sides = pairs.flatMap { [$0.pair.asked.new, $0.pair.asked.baseline] }
    return sides.lazy.compactMap(MissingCells.why).first
      ?? "the run has no cells of \(new.name) and \(baseline.name) that differ in that alone"
  }
}

/// The pairs of a step with one verdict.
struct VerdictGroup: Sendable {
  var verdict: Verdict
  var pairs: [JudgedPair]

  /// More places than this are summed up.
  private static let most = 3

  /// `38 % (95 % interval 35 to 41 %) over tcp and 12 % (10 to 14 %) over pipe`, or the range over many places.
  func figures(isLess: Bool = false) -> String {
    guard pairs.count > Self.most else {
      return Listed.text(
        pairs.enumerated().map { index, judged in
          (judged.comparison.map { Percents.text($0, isLess: isLess, isFirst: index == 0) } ?? "")
            + " \(judged.pair.place)"
        })
    }
    let sign = isLess ? -1.0 : 1.0
    let percents = pairs.compactMap { $0.comparison?.percent.map { $0 * sign } }
    let ends = pairs.compactMap { $0.comparison?.interval }.joined().map { $0 * sign }
    let within = ends.isEmpty ? "" : " (95 % intervals within \(Percents.range([ends.min() ?? 0, ends.max() ?? 0])))"
    return "\(Percents.range([percents.min() ?? 0, percents.max() ?? 0]))\(within) \(summary)"
  }

  /// `in 8 places over tcp and pipe`.
  private var summary: String {
    var transports: [String] = []
    for name in pairs.map(\.pair.asked.new.cell.transport.rawValue) where !transports.contains(name) {
      transports.append(name)
    }
    return "in \(pairs.count) places over \(Listed.text(transports))"
  }

  /// `over tcp and over pipe`.
  var places: String {
    pairs.count > Self.most ? summary : Listed.text(pairs.map(\.pair.place), by: "; ", last: " and ")
  }
}
