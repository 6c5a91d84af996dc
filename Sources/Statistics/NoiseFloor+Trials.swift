package import Documents
import Glibc
import Vocabulary

extension NoiseFloor {
  /// The suite whose runs have a floor.
  package static let suite = "floor"

  /// The numbers of trials per side for which the floor is measured.
  private static let sizes = [5, 7, 11, 15, 22, 33]

  /// Cuts the trials of each cell, in the order of their blocks, into runs of equal length, and compares all of these
  /// with each other. All their differences come from the machine. First the rows of all cells with a pattern, then a
  /// row for each cell.
  package init(_ cells: [CellResult]) {
    var rows: [Row] = []
    for (cell, metric) in Self.kinds(cells) {
      let alike = cells.filter {
        $0.cell.pattern == cell.pattern && $0.cell.transport.isDirect == cell.transport.isDirect
      }
      let series = alike.map { Self.series($0.trials, metric) }.filter { !$0.isEmpty }
      let sizes = Self.sizes.compactMap { Self.size($0, series) }
      guard !sizes.isEmpty else { continue }
      rows.append(
        Row(
          pattern: cell.pattern, isDirect: cell.transport.isDirect, metric: metric.rawValue, cells: series.count,
          sizes: sizes))
    }
    for result in cells {
      for metric in Metric.ranking(result.cell.pattern, byInstructions: false) {
        let series = Self.series(result.trials, metric)
        let sizes = Self.sizes.compactMap { Self.size($0, [series]) }
        guard !sizes.isEmpty else { continue }
        rows.append(
          Row(
            pattern: result.cell.pattern, isDirect: result.cell.transport.isDirect, metric: metric.rawValue,
            cell: result.cell.id, cells: 1, sizes: sizes))
      }
    }
    self.init(rows: rows)
  }

  /// One cell for each kind of cells that move together, with each metric that ranks them.
  private static func kinds(_ cells: [CellResult]) -> [(cell: Cell, metric: Metric)] {
    var seen: Set<[String]> = []
    let kinds = cells.map(\.cell).filter { seen.insert([$0.pattern.rawValue, "\($0.transport.isDirect)"]).inserted }
    return kinds.flatMap { cell in Metric.ranking(cell.pattern, byInstructions: false).map { (cell, $0) } }
  }

  /// The logarithms of a metric, trial after trial.
  private static func series(_ trials: [Trial], _ metric: Metric) -> [Double] {
    trials.filter { $0.disturbed == nil }.sorted { $0.index < $1.index }
      .compactMap { $0[metric] }.filter { $0 > 0 }.map { log($0) }
  }

  private static func size(_ trials: Int, _ series: [[Double]]) -> Size? {
    let shifts = series.flatMap { Self.shifts(between: runs(of: trials, in: $0)) }
    guard shifts.count >= 3 else { return nil }
    let distances = shifts.map { abs($0.shift) }
    let widths = shifts.compactMap { $0.interval.map { ($0[1] - $0[0]) / 2 } }
    // How far the intervals miss 0, the true value. In 95 of 100 pairs they contain it, unless the machine moved.
    let misses = shifts.compactMap { $0.interval.map { max(0, $0[0], -$0[1]) } }
    return Size(
      trials: trials, pairs: shifts.count, shiftPercent: percent(quantile(distances, 0.95)),
      halfWidthPercent: percent(Median.of(widths) ?? 0), driftPercent: percent(quantile(misses, 0.95)))
  }

  private static func runs(of trials: Int, in series: [Double]) -> [[Double]] {
    stride(from: 0, through: series.count - trials, by: trials).map { Array(series[$0..<$0 + trials]) }
  }

  private static func shifts(between runs: [[Double]]) -> [HodgesLehmann] {
    runs.indices.flatMap { first in
      runs[(first + 1)...].compactMap { HodgesLehmann(runs[first], $0) }
    }
  }

  /// The smallest value that at least this part of the values does not exceed.
  private static func quantile(_ values: [Double], _ part: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    return values.sorted()[max(0, min(values.count - 1, Int((part * Double(values.count)).rounded(.up)) - 1))]
  }

  private static func percent(_ logarithm: Double) -> Double { expm1(logarithm) * 100 }
}

extension NoiseFloor.Size {
  /// The smallest difference in percent that two runs of this many trials will mostly show: the drift plus the whole
  /// interval, as the estimate may lie anywhere in its interval.
  package var resolvesPercent: Double { driftPercent + 2 * halfWidthPercent }
}

// MARK: What a comparison uses

extension NoiseFloor {
  /// By how many percent runs of the machine drift apart, for this cell and for cells like it, whichever is more; nil
  /// where neither was measured.
  func drift(of cell: Cell, _ metric: String, trials: Int) -> Double? {
    let id = cell.id
    let alike = rows.filter {
      $0.pattern == cell.pattern && $0.isDirect == cell.transport.isDirect && $0.metric == metric
        && ($0.cell == nil || $0.cell == id)
    }
    return alike.compactMap { row in
      row.sizes.min { abs($0.trials - trials) < abs($1.trials - trials) }?.driftPercent
    }.max()
  }

  /// The drift in percent that is assumed of a machine whose floor was not measured. Runs on shared virtual machines
  /// differed by this much beyond their own intervals and beyond what the controls show.
  static func assumedDrift(of cell: Cell) -> Double {
    switch cell.pattern {
    case .drain, .armed: cell.transport.isDirect ? 30 : 1
    case .stream: 10
    case .pingpong, .paced: 5
    }
  }
}
