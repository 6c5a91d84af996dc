package import Base
package import Vocabulary

/// One cell in two runs.
package struct CellComparison: Codable, Hashable, Sendable {
  /// The new cell's identifier.
  package var cell: String
  /// The baseline cell's identifier. It is a different one when the modes of one run are compared.
  package var baselineCell: String
  package var baselineStatus: CellStatus
  package var newStatus: CellStatus
  /// The first of worse, undecided, better, same that a ranking metric has; lost or missing without numbers.
  package var verdict: Verdict
  /// Why there are no numbers; null where there are.
  @Nullable package var remark: String?
  /// By the metric's name.
  package var metrics: [String: MetricComparison]

  /// The cell's axes, for tables. The document leaves them out because the identifier has them.
  package var axes: Cell?

  private enum CodingKeys: String, CodingKey {
    case cell, verdict, remark, metrics
    case baselineCell = "baseline_cell"
    case baselineStatus = "baseline_status"
    case newStatus = "new_status"
  }

  /// The metrics that decide, by name.
  package var ranking: [(name: String, metric: MetricComparison)] {
    metrics.filter(\.value.isRanking).sorted { $0.key < $1.key }.map { (name: $0.key, metric: $0.value) }
  }

  /// The verdict on a cell, from the verdicts on its ranking metrics.
  package static func verdict(_ verdicts: [Verdict]) -> Verdict {
    [.worse, .undecided, .better, .same].first(where: verdicts.contains) ?? .missing
  }

  package init(
    cell: String, baselineCell: String, baselineStatus: CellStatus, newStatus: CellStatus, verdict: Verdict,
    remark: String?, metrics: [String: MetricComparison], axes: Cell?
  ) {
    self.cell = cell
    self.baselineCell = baselineCell
    self.baselineStatus = baselineStatus
    self.newStatus = newStatus
    self.verdict = verdict
    self.remark = remark
    self.metrics = metrics
    self.axes = axes
  }
}
