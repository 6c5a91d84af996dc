package import Base

/// Two runs, or two modes of one run, cell by cell.
package struct RunComparison: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.comparison/1"

  /// What is assumed about the trials.
  package enum Assumption: String, Codable, Hashable, Sendable {
    /// Deterministic runs: every difference comes from the code.
    case exact
    /// Independent trials of any distribution.
    case nothing
  }

  package var schema = currentSchema
  package var tool = Tool.current
  package var baseline: ComparedRun
  package var new: ComparedRun
  /// The axis along which one run was compared with itself; null for two runs.
  @Nullable package var by: String?
  package var assumption: Assumption
  /// How the sides were measured. Null in documents of versions that did not record it.
  @Nullable package var design: ComparisonDesign?
  /// Percent.
  package var threshold: Double
  /// The run of the floor suite that was used; null without one.
  @Nullable package var floor: String?
  package var warnings: [ComparisonWarning]
  /// How many cells have each verdict.
  package var counts: [String: Int]
  /// The most important first.
  package var cells: [CellComparison]

  private enum CodingKeys: String, CodingKey {
    case schema, tool, baseline, new, by, assumption, design, floor, warnings, counts, cells
    case threshold = "threshold_percent"
  }

  /// Whether any cell could be judged.
  package var isComparable: Bool {
    cells.contains { cell in cell.ranking.contains { $0.metric.interval != nil || $0.metric.verdict != .undecided } }
  }

  /// Whether a cell got worse or was lost.
  package var hasWorse: Bool { cells.contains { $0.verdict == .worse || $0.verdict == .lost } }

  package func count(_ verdict: Verdict) -> Int { counts[verdict.rawValue] ?? 0 }

  package init(
    baseline: ComparedRun, new: ComparedRun, by: String?, design: ComparisonDesign, threshold: Double, floor: String?,
    warnings: [ComparisonWarning], counts: [String: Int], cells: [CellComparison]
  ) {
    self.baseline = baseline
    self.new = new
    self.by = by
    self.assumption = design == .exact ? .exact : .nothing
    self.design = design
    self.threshold = threshold
    self.floor = floor
    self.warnings = warnings
    self.counts = counts
    self.cells = cells
  }
}

/// A run that is compared.
package struct ComparedRun: Codable, Hashable, Sendable {
  package var path: String
  package var suite: String
  package var started: String
  package var kernelRelease: String
  package var kernelVersion: String
  package var cpuModel: String
  package var deterministic: Bool

  private enum CodingKeys: String, CodingKey {
    case path, suite, started, deterministic
    case kernelRelease = "kernel_release"
    case kernelVersion = "kernel_version"
    case cpuModel = "cpu_model"
  }

  package init(_ run: RunSamples) {
    path = run.path
    suite = run.suite
    started = run.started
    kernelRelease = run.host.kernelRelease
    kernelVersion = run.host.kernelVersion
    cpuModel = run.host.cpuModel
    deterministic = run.host.deterministic
  }
}
