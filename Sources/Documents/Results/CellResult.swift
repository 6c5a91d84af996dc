package import Base
package import Vocabulary

/// A cell and its measurements.
package struct CellResult: Codable, Hashable, Sendable {
  package var cell: Cell
  package var status: CellStatus
  @Nullable package var reason: Reason?
  package var placement: Placement
  package var trials: [Trial]
  /// Keyed by the metric's name in a trial, such as `ns_per_operation`.
  package var summary: [String: MetricSummary]

  package init(
    cell: Cell, status: CellStatus, reason: Reason? = nil, placement: Placement = Placement(),
    trials: [Trial] = [], summary: [String: MetricSummary] = [:]
  ) {
    self.cell = cell
    self.status = status
    self.reason = reason
    self.placement = placement
    self.trials = trials
    self.summary = summary
  }

  private enum CodingKeys: String, CodingKey {
    case id, workload, status, reason, placement, trials, summary
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    cell = try Cell(from: decoder)
    status = try container.decode(CellStatus.self, forKey: .status)
    _reason = try container.decode(Nullable<Reason>.self, forKey: .reason)
    placement = try container.decode(Placement.self, forKey: .placement)
    trials = try container.decode([Trial].self, forKey: .trials)
    summary = try container.decode([String: MetricSummary].self, forKey: .summary)
  }

  /// The cell's own fields lie flat beside its identifier and its outcome.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cell.id, forKey: .id)
    try container.encode(cell.workload, forKey: .workload)
    try cell.encode(to: encoder)
    try container.encode(status, forKey: .status)
    try container.encode(_reason, forKey: .reason)
    try container.encode(placement, forKey: .placement)
    try container.encode(trials, forKey: .trials)
    try container.encode(summary, forKey: .summary)
  }
}

/// A metric over the trials of a cell.
package struct MetricSummary: Codable, Hashable, Sendable {
  package var median: Double
  /// A 95 % confidence interval for the median, `[low, high]`; null when there are too few trials to give one.
  @Nullable package var ci95: [Double]?
  /// How many trials the summary covers.
  package var trials: Int

  package init(median: Double, ci95: [Double]?, trials: Int) {
    self.median = median
    self.ci95 = ci95
    self.trials = trials
  }

  private enum CodingKeys: String, CodingKey {
    case median, ci95, trials
  }

  /// Refuses an interval without two ends, so that no reader of it has to ask.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    median = try container.decode(Double.self, forKey: .median)
    _ci95 = try container.decode(Nullable<[Double]>.self, forKey: .ci95)
    trials = try container.decode(Int.self, forKey: .trials)
    guard ci95.map({ $0.count == 2 }) ?? true else {
      throw DecodingError.dataCorruptedError(forKey: .ci95, in: container, debugDescription: "two ends are needed")
    }
  }
}
