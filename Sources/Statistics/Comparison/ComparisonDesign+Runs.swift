import Documents
import Vocabulary

extension ComparisonDesign {
  /// How two single runs were measured, and the trials of a session if they took turns.
  static func of(_ baseline: RunSamples, _ new: RunSamples) -> (design: ComparisonDesign, trialsPerTurn: Int) {
    if let one = baseline.turns, let other = new.turns, one.id == other.id, one.side != other.side {
      return (.turns, one.trialsPerTurn)
    }
    return (baseline.host.deterministic && new.host.deterministic ? .exact : .sequence, 1)
  }
}

extension RunSamples {
  /// Several runs as one, in which each run is a trial: its value is the median of the run's trials. A cell that one
  /// of the runs lacks, or that failed in one of them, has that run's status.
  ///
  /// - Parameter runs: at least one. The first stands for all of them where they should be alike, as in the host.
  init(medians runs: [RunSamples]) {
    self = runs[0]
    guard runs.count > 1 else { return }
    path = runs.map(\.path).joined(separator: ", ")
    finished = runs.allSatisfy { $0.finished != nil } ? runs[0].finished : nil
    cells = runs[0].cells.map { first in
      let all = runs.map { run in run.cells.first { $0.cell == first.cell } }
      let known = all.compactMap { $0 }
      var cell = known.first { $0.status != .ok } ?? first
      cell.trials = known.reduce(0) { $0 + $1.trials }
      cell.disturbed = known.reduce(0) { $0 + $1.disturbed }
      let columns = first.values.indices.map { column in
        all.enumerated().compactMap { run, cell in
          cell.flatMap { Median.of($0.values[column]) }.map { (run, $0) }
        }
      }
      (cell.indices, cell.values) = (columns.map { $0.map(\.0) }, columns.map { $0.map(\.1) })
      cell.uncounted = columns.map { _ in [] }
      return cell
    }
  }

  /// Whether the sides changed places often enough for drift to meet both alike: at least half as often as in a strict
  /// alternation.
  static func alternate(_ baselines: [RunSamples], _ news: [RunSamples]) -> Bool {
    let order = (baselines.map { ($0.started, 0) } + news.map { ($0.started, 1) }).sorted { $0.0 < $1.0 }.map(\.1)
    let changes = zip(order, order.dropFirst()).count { $0 != $1 }
    return baselines.count > 1 && news.count > 1 && changes >= min(baselines.count, news.count)
  }
}
