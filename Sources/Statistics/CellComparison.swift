package import Results

/// One cell in two runs.
package struct CellComparison: Codable, Hashable, Sendable {
  package enum Verdict: String, Codable, Hashable, Sendable {
    case better, worse, same
    /// One of the two has no numbers.
    case missing
  }

  /// The cell's identifier.
  package var cell: String
  /// Medians; null where a run has none.
  @Nullable package var baseline: Double?
  @Nullable package var new: Double?
  /// `new` less `baseline`.
  @Nullable package var difference: Double?
  /// The difference in percent of the baseline.
  @Nullable package var percent: Double?
  package var verdict: Verdict
  /// Why there are no numbers; null where there are.
  @Nullable package var remark: String?
}

/// Two runs, cell by cell, by one metric of which less is better.
package struct RunComparison: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.comparison/1"

  package var schema = currentSchema
  /// The metric's name in a trial.
  package var metric: String
  /// Percent beyond which a difference counts.
  package var threshold: Double
  package var cells: [CellComparison]

  private enum CodingKeys: String, CodingKey {
    case schema, metric, cells
    case threshold = "threshold_percent"
  }

  /// Compares the medians: by instructions where both runs counted them, whose differences are exact; by time
  /// elsewhere, where a difference also has to be outside both 95 % intervals.
  package init(_ baseline: ResultsDocument, _ new: ResultsDocument, threshold: Double) {
    let isExact = baseline.host.deterministic && new.host.deterministic
    metric = isExact ? "instructions_per_operation" : Metric.nsPerOperation.name
    self.threshold = threshold
    let newCells = Dictionary(new.cells.map { ($0.cell.id, $0) }) { first, _ in first }
    let name = metric
    cells = baseline.cells.compactMap { old in
      newCells[old.cell.id].map { Self.compare(old, $0, metric: name, threshold: threshold) }
    }
  }

  package var isComparable: Bool { cells.contains { $0.verdict != .missing } }
  package var hasWorse: Bool { cells.contains { $0.verdict == .worse } }

  private static func compare(
    _ old: CellResult, _ new: CellResult, metric: String, threshold: Double
  ) -> CellComparison {
    var result = CellComparison(cell: old.cell.id, verdict: .missing)
    let (before, after) = (old.summary[metric], new.summary[metric])
    result.baseline = before?.median
    result.new = after?.median
    guard let before, let after, before.median > 0 else {
      result.remark = [("baseline", old), ("new", new)].compactMap { name, cell in
        cell.reason.map { "\(name) \(cell.status.rawValue): \($0.stage.rawValue): \($0.errno ?? $0.message)" }
      }.joined(separator: "; ")
      return result
    }
    let difference = after.median - before.median
    let percent = difference / before.median * 100
    result.difference = difference
    result.percent = percent
    let counts = abs(percent) > threshold && !overlap(before, after)
    result.verdict = counts ? (difference > 0 ? .worse : .better) : .same
    return result
  }

  /// Whether the 95 % intervals have values in common; without intervals the medians stand for themselves.
  private static func overlap(_ one: MetricSummary, _ other: MetricSummary) -> Bool {
    let (a, b) = (one.ci95 ?? [one.median, one.median], other.ci95 ?? [other.median, other.median])
    return a[0] <= b[1] && b[0] <= a[1]
  }
}
