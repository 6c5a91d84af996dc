import Base
import Documents
import Planning
import Statistics
import Vocabulary

extension WithoutStep: AnsweringStep {
  func finding(_ evidence: Evidence) -> Finding {
    func key(_ cell: Cell) -> Cell {
      var key = cell
      key[axis] = axis.defaultValue
      return key
    }
    let mine = evidence.cells.filter { place.matches($0.cell) }
    let results = mine.filter { $0.status == .ok && !$0.trials.isEmpty }
    guard !results.isEmpty else {
      return .nothing(mine.lazy.compactMap(MissingCells.why).first ?? "the run has no cells for it")
    }
    let words = Places(results.map { key($0.cell) })
    var order: [Cell] = []
    var lines: [Cell: [CellResult]] = [:]
    for result in results {
      if lines[key(result.cell)] == nil { order.append(key(result.cell)) }
      lines[key(result.cell), default: []].append(result)
    }
    let sorted = order.map { place in
      (words.words(place), (lines[place] ?? []).sorted { ($0.cell[axis] ?? 0) < ($1.cell[axis] ?? 0) })
    }
    let parts = sorted.map { sentence($0.0.withCapital, $0.1, evidence.host) }
    return Finding(
      sentence: parts.map(\.text).joined(separator: " "), isTold: parts.allSatisfy(\.isTold),
      rows: sorted.flatMap { name, line in line.map { row(name, $0) } })
  }

  /// The smallest value from which on nothing happened in any trial; then what one event costs just below it.
  private func sentence(_ place: String, _ line: [CellResult], _ host: Host) -> (text: String, isTold: Bool) {
    let clean = line.reversed().prefix { isClean($0) }
    let starved = Array(line.dropLast(clean.count))
    guard let enough = clean.last, let value = enough.cell[axis] else {
      let most = line.last?.cell[axis].map(axis.phrase) ?? ""
      return ("\(place): \(advice.worse): even with \(most) there was \(event) in some trial.", true)
    }
    let trials = "in any of \(enough.trials.count) trials"
    var text =
      "\(place): \(Advice.filled(advice.better, axis.spoken(value))): with \(axis.phrase(value)) there was not \(event) \(trials)"
    guard let worst = starved.last, let below = worst.cell[axis] else {
      return ("\(text), and no smaller number was measured.", true)
    }
    text += ", with \(axis.phrase(below)) there was."
    let cost = cost(worst, enough, host)
    return ("\(text) \(cost.text)", cost.isTold)
  }

  private func cost(_ worst: CellResult, _ clean: CellResult, _ host: Host) -> (text: String, isTold: Bool) {
    let metric = host.countsInstructions ? .instructionsPerOperation : Metric.cost(worst.cell.pattern)
    let unit = CostWords.unit(host)
    guard let extra = DerivedSummary.extraCost(of: self.metric, cost: metric, with: worst.trials, without: clean.trials)
    else { return ("What it costs can't be told: no two trials of one block can be compared.", false) }
    guard let interval = extra.ci95 else {
      return ("What it costs can't be told from \(extra.trials) trials: at least 6 are needed (--trials 6).", false)
    }
    let range = "95 % interval \(Listed.range(interval, Percents.quantity))"
    let figure = "\(Percents.quantity(extra.median)) \(unit) (\(range))"
    guard interval[0] <= 0 else { return ("Recovering from \(event) certainly costs \(figure).", true) }
    return interval[1] < 0
      ? ("A message costs less there all the same: \(figure) for \(event).", true)
      : ("What recovering costs can't be told from nothing: \(figure) for \(event).", false)
  }

  private func isClean(_ result: CellResult) -> Bool { result.trials.allSatisfy { ($0[metric] ?? 0) == 0 } }

  private func row(_ place: String, _ result: CellResult) -> AnswerRow {
    let counts = result.trials.compactMap { trial in
      trial[metric].flatMap { count in trial[.operations].map { $0 > 0 ? count / $0 * 1000 : 0 } }
    }
    let value = result.cell[axis].map(axis.phrase) ?? ""
    return AnswerRow(
      what: "\(place), \(value)", figure: Median.of(counts).map { "\(Percents.quantity($0)) in 1000 messages" } ?? "",
      interval: MedianInterval.of(counts).map { Listed.range($0, Percents.quantity) } ?? "",
      word: isClean(result) ? "never" : "it happens")
  }
}
