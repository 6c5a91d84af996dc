import Documents
import Statistics
import Vocabulary

extension ResultsDocument {
  /// The results of a run, from its journal.
  ///
  /// Cells that an interrupted run did not reach are left out: nothing is known of them.
  init(_ header: JournalHeader, _ entries: [JournalEntry], finished: String?) {
    let cells = header.plan.results(of: entries)
    self.init(
      tool: header.tool, suite: header.plan.suite, started: header.started, finished: finished,
      seed: header.plan.seed, command: header.command, host: header.host, precision: header.plan.precision,
      floor: header.plan.suite == NoiseFloor.suite ? NoiseFloor(cells) : nil, turns: header.plan.turns,
      fingerprint: header.plan.fingerprint, shard: header.plan.shard, label: header.plan.label, cells: cells)
  }
}

extension RunPlan {
  /// What is known of each cell, in the order of the plan; cells without any trial are left out.
  func results(of entries: [JournalEntry]) -> [CellResult] {
    // A later trial may have shown how fast a core can be: judge all trials by the whole run.
    var disturbance = Disturbance()
    for case let measurements? in entries.map(\.trial.measurements) { disturbance.learn(from: measurements) }
    let byCell = Dictionary(grouping: entries, by: \.cell)
    return cells.indices.compactMap { index in
      byCell[index].map { CellResult(cells[index].cell, $0.map(\.trial), disturbance) }
    }
  }
}

extension CellResult {
  /// A cell from its finished trials; there is at least one.
  ///
  /// The numbers of a cell whose last trial failed stay in the document, but are not summarised: they must not be
  /// ranked.
  fileprivate init(_ cell: Cell, _ finished: [Trial], _ disturbance: Disturbance) {
    let trials = finished.filter { $0.measurements != nil }.map { trial in
      var trial = trial
      trial.disturbed = trial.disturbed ?? trial.measurements.flatMap(disturbance.words)
      return trial
    }
    let last = finished[finished.count - 1].outcome
    self.init(
      cell: cell, status: last.status, reason: last.reason, placement: last.placement, trials: trials,
      summary: last.status == .ok ? TrialSummary.of(trials) : [:])
  }
}
