package import Documents
package import Vocabulary

extension RunComparison {
  /// Compares two runs by the cells they share.
  package init(_ baseline: RunSamples, _ new: RunSamples, options: ComparisonOptions = ComparisonOptions()) {
    let (design, trials) = ComparisonDesign.of(baseline, new)
    self.init(baseline, new, design, trialsPerTurn: trials, options)
  }

  /// Compares several runs a side. Each run counts once in each cell, with its median.
  ///
  /// Where the runs of one side were all measured before those of the other, the machine may have drifted between the
  /// sides as between two single runs.
  package init(
    _ baselines: [RunSamples], _ news: [RunSamples], options: ComparisonOptions = ComparisonOptions()
  ) {
    let (baseline, new) = (RunSamples(medians: baselines), RunSamples(medians: news))
    let isAlternating = RunSamples.alternate(baselines, news)
    let isExact = baseline.host.deterministic && new.host.deterministic
    self.init(baseline, new, isExact ? .exact : isAlternating ? .runs : .sequence, trialsPerTurn: 1, options)
  }

  private init(
    _ baseline: RunSamples, _ new: RunSamples, _ design: ComparisonDesign, trialsPerTurn: Int,
    _ options: ComparisonOptions
  ) {
    let old = Dictionary(baseline.cells.map { ($0.cell, $0) }) { first, _ in first }
    let pairs = new.cells.compactMap { cell in old[cell.cell].map { CellPair(baseline: $0, new: cell) } }
    self.init(
      pairs, baseline, new, by: nil, design, trialsPerTurn: trialsPerTurn, options: options,
      warnings: Repeatability(baseline, new).warnings + RunDifferences(baseline, new).warnings
        + CellDifferences(baseline, new).warnings)
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
    let design: ComparisonDesign = run.host.deterministic ? .exact : .blocks
    self.init(
      pairs, run, run, by: axis, design, trialsPerTurn: 1, options: options, warnings: RunDifferences.ofOne(run))
  }

  private init(
    _ pairs: [CellPair], _ baseline: RunSamples, _ new: RunSamples, by axis: String?, _ design: ComparisonDesign,
    trialsPerTurn: Int, options: ComparisonOptions, warnings: [ComparisonWarning]
  ) {
    let threshold = options.threshold ?? (design == .exact ? 0.5 : 5)
    let floor = design == .sequence ? options.floor : nil
    let measuring = PairMeasuring(
      design: design, trialsPerTurn: trialsPerTurn,
      byInstructions: baseline.host.countsInstructions && new.host.countsInstructions,
      isSameKernel: RunDifferences.isSameKernel(baseline.host, new.host), floor: floor?.floor)
    let judge = ComparisonJudge(design: design, isOfTwoRuns: axis == nil, threshold: threshold)
    let judged = judge.cells(pairs, measuring)
    self.init(
      baseline: ComparedRun(baseline), new: ComparedRun(new), by: axis, design: design, threshold: threshold,
      floor: floor?.path, warnings: warnings + judged.warnings,
      counts: Dictionary(grouping: judged.cells, by: \.verdict.rawValue).mapValues(\.count),
      cells: judged.cells.sorted(by: CellComparison.mattersMore))
  }
}

extension CellComparison {
  /// Lost before worse before better before undecided before same before missing, and within those the larger change
  /// first.
  static func mattersMore(_ one: CellComparison, _ other: CellComparison) -> Bool {
    let ranks = [Verdict.lost, .worse, .better, .undecided, .same, .missing]
    let (a, b) = (ranks.firstIndex(of: one.verdict) ?? 0, ranks.firstIndex(of: other.verdict) ?? 0)
    if a != b { return a < b }
    let (size, otherSize) = (one.size, other.size)
    return size == otherSize ? one.cell < other.cell : size > otherSize
  }

  private var size: Double { metrics.values.filter(\.isRanking).map { abs($0.percent ?? .infinity) }.max() ?? 0 }
}
