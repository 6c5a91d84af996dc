import Vocabulary

extension CellSamples {
  /// What a comparison needs of a cell that is in memory.
  package init(_ result: CellResult, columns: SampleColumns = .compared) {
    let counted = result.trials.filter { $0.disturbed == nil }
    let rest = counted.isEmpty ? [] : result.trials.filter { $0.disturbed != nil }
    func rows(_ trials: [Trial], _ metric: Metric) -> [IndexedValue] {
      trials.compactMap { trial in trial[metric].map { (trial.index, $0) } }
    }
    let known = columns.metrics.map { rows(counted.isEmpty ? result.trials : counted, $0) }
    self.init(
      cell: result.cell, status: result.status, reason: result.reason, trials: result.trials.count,
      disturbed: result.trials.count { $0.disturbed != nil }, values: known.map { $0.map(\.value) },
      indices: known.map { $0.map(\.index) }, uncounted: columns.metrics.map { rows(rest, $0) })
  }
}
