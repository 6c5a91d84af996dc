package import Documents
package import Vocabulary

extension RunComparison {
  /// Compares two runs by the cells they share.
  package init(_ baseline: RunSamples, _ new: RunSamples, options: ComparisonOptions = ComparisonOptions()) {
    let old = Dictionary(baseline.cells.map { ($0.cell, $0) }) { first, _ in first }
    let pairs = new.cells.compactMap { cell in old[cell.cell].map { CellPair(baseline: $0, new: cell) } }
    self.init(
      pairs, baseline, new, by: nil, options: options,
      warnings: RunDifferences(baseline, new).warnings + CellDifferences(baseline, new).warnings)
  }

  /// Compares the cells of one run that differ on one axis alone.
  ///
  /// - Parameters:
  ///   - key: makes cells that differ on the axis alone equal.
  ///   - isBaseline: whether other cells are compared with a cell.
  package init(
    _ run: RunSamples, by axis: String, key: (Cell) -> Cell, isBaseline: (Cell) -> Bool,
    options: ComparisonOptions = ComparisonOptions()
  ) {
    let baselines = Dictionary(
      run.cells.filter { isBaseline($0.cell) }.map { (key($0.cell), $0) }
    ) { first, _ in first }
    let pairs = run.cells.filter { !isBaseline($0.cell) }.compactMap { cell in
      baselines[key(cell.cell)].map { CellPair(baseline: $0, new: cell) }
    }
    self.init(pairs, run, run, by: axis, options: options, warnings: RunDifferences.ofOne(run))
  }

  private init(
    _ pairs: [CellPair], _ baseline: RunSamples, _ new: RunSamples, by axis: String?, options: ComparisonOptions,
    warnings: [ComparisonWarning]
  ) {
    let isExact = baseline.host.deterministic && new.host.deterministic
    let threshold = options.threshold ?? (isExact ? 0.5 : 5)
    let floor = isExact || axis != nil ? nil : options.floor
    let measuring = PairMeasuring(
      isExact: isExact, isSameKernel: RunDifferences.isSameKernel(baseline.host, new.host), isOfTwoRuns: axis == nil,
      floor: floor?.floor)
    let judged = ComparisonJudge(isExact: isExact, threshold: threshold).cells(pairs, measuring)
    self.init(
      baseline: ComparedRun(baseline), new: ComparedRun(new), by: axis, assumption: isExact ? .exact : .nothing,
      threshold: threshold, floor: floor?.path, warnings: warnings + judged.warnings,
      counts: Dictionary(grouping: judged.cells, by: \.verdict.rawValue).mapValues(\.count),
      cells: judged.cells.sorted(by: CellComparison.mattersMore))
  }
}

extension CellComparison {
  /// Worse before better before undecided before same before missing, and within those the larger change first.
  static func mattersMore(_ one: CellComparison, _ other: CellComparison) -> Bool {
    let ranks = [Verdict.worse, .better, .undecided, .same, .missing]
    let (a, b) = (ranks.firstIndex(of: one.verdict) ?? 0, ranks.firstIndex(of: other.verdict) ?? 0)
    if a != b { return a < b }
    let (size, otherSize) = (one.size, other.size)
    return size == otherSize ? one.cell < other.cell : size > otherSize
  }

  private var size: Double { metrics.values.filter(\.isRanking).map { abs($0.percent ?? .infinity) }.max() ?? 0 }
}
