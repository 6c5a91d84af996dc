import Base
import Documents
import Planning
import Statistics
import Vocabulary

extension KneeStep: AnsweringStep {
  /// Each cell with the one of the first value.
  func pairs(_ cells: [CellResult]) -> [StepPair] {
    func key(_ cell: Cell) -> Cell {
      var key = cell
      key[axis] = axis.defaultValue
      return key
    }
    let mine = cells.filter { place.matches($0.cell) && $0.cell[axis] != nil }
    let start = first ?? mine.compactMap { $0.cell[axis] }.min()
    let baselines = Dictionary(
      mine.filter { $0.cell[axis] == start }.map { (key($0.cell), $0) }, uniquingKeysWith: { first, _ in first })
    let words = Places(mine.map { key($0.cell) })
    return mine.filter { $0.cell[axis] != start }.compactMap { result in
      guard let value = result.cell[axis], let start, let other = baselines[key(result.cell)] else { return nil }
      return StepPair(
        place: "\(words.words(key(result.cell))), \(axis.phrase(value))", what: "to \(axis.spoken(start))",
        value: value,
        asked: AskedPair(baseline: other, new: result, enough: enough))
    }
  }

  func finding(_ evidence: Evidence) -> Finding {
    guard let start = evidence.pairs.first?.pair.asked.baseline.cell[axis],
      evidence.pairs.contains(where: { $0.comparison != nil })
    else {
      let why = evidence.pairs.lazy.map(\.pair.asked.new).compactMap(MissingCells.why).first
      return .nothing(why ?? "the run has not two values of \(axis.rawValue) for it")
    }
    let words = CostWords(evidence.pairs.map(\.pair.asked.new.cell), on: evidence.host)
    let parts = AxisLine.lines(evidence.pairs, axis).map { part($0, from: start, words) }
    return Finding(
      sentence: parts.map(\.text).joined(separator: " "), isTold: parts.allSatisfy(\.isTold),
      rows: evidence.pairs.map(AnswerRow.init))
  }

  private func part(_ line: AxisLine, from start: Int, _ words: CostWords) -> (text: String, isTold: Bool) {
    let points = line.points.sorted { abs($0.value - start) < abs($1.value - start) }
    let good = points.prefix { $0.comparison.interval.map { $0[1] <= enough } ?? false }
    let last = good.last?.value ?? start
    let side = points.contains { $0.value > start } ? "beyond" : "below"
    let bound = "\(Decimals.shortest(enough)) %"
    guard let end = points.dropFirst(good.count).first else {
      let most = good.max { ($0.comparison.percent ?? 0) < ($1.comparison.percent ?? 0) }
      let figure = most.map { "\(Percents.text($0.comparison)) at \(axis.spoken($0.value))" } ?? ""
      return (
        "\(line.place): \(Advice.filled(advice.better, axis.spoken(last))): a message certainly takes no more than "
          + "\(bound) beyond what it takes at \(axis.spoken(start)), at most \(figure).", true
      )
    }
    let figure = "\(Percents.text(end.comparison)) at \(axis.spoken(end.value))"
    if end.comparison.verdict == .worse {
      return (
        "\(line.place): \(Advice.filled(advice.worse, axis.spoken(last))): \(side) it a message certainly \(words.more) "
          + "at \(axis.spoken(start)), by \(figure).", true
      )
    }
    return (
      "\(line.place): can't be told \(side) \(axis.spoken(last)): there the difference is \(figure), and "
        + "\(Undecided.remedy([end.comparison])).", false
    )
  }
}
