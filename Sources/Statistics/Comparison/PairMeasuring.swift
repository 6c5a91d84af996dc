import Documents
import Glibc
import Vocabulary

/// Everything about a pair of cells that does not depend on the other pairs.
struct PairMeasuring: Sendable {
  let isExact: Bool
  /// Whether both sides ran on one kernel. The syscall probe then shows the speed of the machine alone.
  let isSameKernel: Bool
  /// Whether the sides were measured one after the other; cells of one run took turns.
  let isOfTwoRuns: Bool
  let floor: NoiseFloor?

  /// The shift of a metric, before any correction and without a verdict.
  struct Shift: Sendable {
    var metric: Metric
    var isRanking: Bool
    var baseline: Double
    var new: Double
    var percent: Double?
    var interval: [Double]?
    /// By how many percent the interval was made wider on either side.
    var machine: Double
    /// By how many percent the core's speed was seen to differ.
    var speed: Double
    var probability: Double?
    var trials: (baseline: Int, new: Int)
  }

  func shifts(_ pair: CellPair) -> [Shift] {
    let ranking = Set(Metric.ranking(pair.new.cell.pattern, isExact: isExact))
    let speed = speedDifference(pair)
    return Metric.compared.enumerated().compactMap { column, metric in
      let (x, y) = (pair.baseline.values[column], pair.new.values[column])
      guard let before = Median.of(x), let after = Median.of(y) else { return nil }
      var shift = Shift(
        metric: metric, isRanking: ranking.contains(metric), baseline: before, new: after, machine: 0,
        speed: expm1(speed) * 100, trials: (x.count, y.count))
      if isExact {
        let range = ExactRange(x, y)
        (shift.percent, shift.interval) = (range?.percent, range?.interval)
      } else {
        let slack = speed + drift(pair.new.cell, metric, trials: min(x.count, y.count))
        let relative = RelativeShift(x, y, slack: slack)
        (shift.percent, shift.interval) = (relative?.percent, relative?.interval)
        (shift.probability, shift.machine) = (relative?.probability, expm1(slack) * 100)
      }
      return shift
    }
  }

  /// By how many per cent operations slow down when a control slows down by 1 %. With a neighbour on the core, they
  /// took 34 % longer when the syscall probe took 7 % longer, and 45 % when it took 16 %. Arithmetic shows the clock
  /// alone, to which everything is proportional.
  private static let sensitivity: [Metric: Double] = [.syscallNs: 5, .computeNs: 1]

  /// How much the speed of the core may have differed between the two sides, as the logarithm of a ratio: the largest
  /// difference that a control shows. The code under test has no part in the controls.
  private func speedDifference(_ pair: CellPair) -> Double {
    guard !isExact else { return 0 }
    return Metric.controls.filter { isSameKernel || $0 == .computeNs }.map { control in
      let columns = SampleColumns.compared
      guard let before = Median.of(columns.values(of: control, in: pair.baseline)),
        let after = Median.of(columns.values(of: control, in: pair.new)),
        before > 0, after > 0
      else { return 0 }
      return abs(log(after / before)) * (Self.sensitivity[control] ?? 1)
    }.max() ?? 0
  }

  /// How far runs drift apart without the controls showing it, as the logarithm of a ratio.
  private func drift(_ cell: Cell, _ metric: Metric, trials: Int) -> Double {
    guard isOfTwoRuns else { return 0 }
    let percent = floor?.drift(of: cell, metric.rawValue, trials: trials) ?? NoiseFloor.assumedDrift(of: cell)
    return log1p(percent / 100)
  }
}
