import Base
import Documents
import Planning
import Statistics
import Vocabulary

extension FromStep: AnsweringStep {
  func pairs(_ cells: [CellResult]) -> [StepPair] { sides.pairs(cells, along: axis) }

  func finding(_ evidence: Evidence) -> Finding {
    guard evidence.pairs.contains(where: { $0.comparison != nil }) else {
      return .nothing(sides.missing(evidence.pairs))
    }
    let lines = AxisLine.lines(evidence.pairs, axis)
    let words = CostWords(evidence.pairs.map(\.pair.asked.new.cell), on: evidence.host)
    let parts = lines.map { part($0, words, hasPlace: lines.count > 1) }
    return Finding(
      sentence: parts.map(\.text).joined(separator: " "), isTold: parts.allSatisfy(\.isTold),
      rows: evidence.pairs.map(AnswerRow.init))
  }

  /// From the first value at and beyond which all verdicts are `better`.
  private func part(_ line: AxisLine, _ words: CostWords, hasPlace: Bool) -> (text: String, isTold: Bool) {
    let place = "\(line.place): "
    let better = line.points.reversed().prefix { $0.comparison.verdict == .better }
    let before = line.points.dropLast(better.count)
    let unsure = before.filter { $0.comparison.verdict == .undecided }
    if let first = better.last, let last = better.first {
      var text = place + Advice.filled(sides.advice.better, axis.spoken(first.value))
      text +=
        ": \(sides.new.name) certainly \(words.less) \(sides.baseline.name), by \(Percents.text(first.comparison, isLess: true)) at \(axis.spoken(first.value))"
      if first.value != last.value {
        text += " and \(Percents.text(last.comparison, isLess: true, isFirst: false)) at \(axis.spoken(last.value))"
      }
      let dear = before.filter { $0.comparison.verdict == .worse }
      if !dear.isEmpty { text += "; it certainly \(words.more) it at \(values(dear))" }
      if !unsure.isEmpty { text += "; below, it can't be told at \(values(unsure))" }
      return (text + ".", unsure.isEmpty)
    }
    if let text = mixed(line, words) { return ("\(place)\(text)", unsure.isEmpty) }
    guard unsure.isEmpty else {
      let remedy = Undecided.remedy(unsure.map(\.comparison))
      return (
        "\(place)can't be told from which \(axis.rawValue) on \(sides.new.name) \(words.less) \(sides.baseline.name), at \(values(unsure)): \(remedy).",
        false
      )
    }
    let worst = line.points.max { ($0.comparison.percent ?? 0) < ($1.comparison.percent ?? 0) }
    let most =
      worst.map { ": the difference is at most \(Percents.text($0.comparison)), at \(axis.spoken($0.value))" } ?? ""
    let isWorse = line.points.allSatisfy { $0.comparison.verdict == .worse }
    return ("\(place)\(isWorse ? sides.advice.worse : sides.advice.same)\(most).", true)
  }

  /// Where it is better at some values, but not at the last one.
  private func mixed(_ line: AxisLine, _ words: CostWords) -> String? {
    let (better, worse, unsure) = (
      line.points.filter { $0.comparison.verdict == .better }, line.points.filter { $0.comparison.verdict == .worse },
      line.points.filter { $0.comparison.verdict == .undecided }
    )
    guard let least = better.min(by: { ($0.comparison.percent ?? 0) < ($1.comparison.percent ?? 0) }) else {
      return nil
    }
    var text = "It depends: \(sides.new.name) certainly \(words.less) \(sides.baseline.name) at \(values(better)), "
    text += "by \(Percents.text(least.comparison, isLess: true)) at \(axis.spoken(least.value))"
    if let most = worse.max(by: { ($0.comparison.percent ?? 0) < ($1.comparison.percent ?? 0) }) {
      text += "; it certainly \(words.more) it at \(values(worse)), "
      text += "by \(Percents.text(most.comparison, isFirst: false)) at \(axis.spoken(most.value))"
    }
    if !unsure.isEmpty { text += "; it can't be told at \(values(unsure))" }
    return text + "."
  }

  private func values(_ points: [AxisLine.Point]) -> String { Listed.text(points.map { axis.spoken($0.value) }) }
}

/// The pairs of one place in the order of an axis.
struct AxisLine: Sendable {
  struct Point: Sendable {
    var value: Int
    var comparison: MetricComparison
  }

  var place: String
  var points: [Point]

  static func lines(_ pairs: [JudgedPair], _ axis: NumberAxis) -> [AxisLine] {
    var order: [String] = []
    var points: [String: [Point]] = [:]
    for judged in pairs {
      guard let value = judged.pair.value, let comparison = judged.comparison else { continue }
      let place = String(judged.pair.place.dropLast(", \(axis.phrase(value))".count))
      if points[place] == nil { order.append(place) }
      points[place, default: []].append(Point(value: value, comparison: comparison))
    }
    return order.map { place in
      AxisLine(place: place.withCapital, points: (points[place] ?? []).sorted { $0.value < $1.value })
    }
  }
}
