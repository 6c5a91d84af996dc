import Documents
import Glibc
import Vocabulary

/// Measures by how much each metric of two cells differs, without deciding anything.
struct PairMeasuring: Sendable {
  let design: ComparisonDesign
  /// Trials in a session, for runs that took turns.
  var trialsPerTurn = 1
  /// Whether the clocks of both sides count instructions.
  let byInstructions: Bool
  /// Whether both sides ran on one kernel. The syscall probe then shows the speed of the machine alone.
  let isSameKernel: Bool
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
    var machine = 0.0
    /// By how many percent the core's speed was seen to differ.
    var speed = 0.0
    var probability: Double?
    var trials: (baseline: Int, new: Int)
    /// Nil where the sides were not compared pair by pair.
    var pairs: Int?
  }

  func shifts(_ pair: CellPair) -> [Shift] {
    let ranking = ranking(pair)
    let speed = speedDifference(pair)
    return Metric.compared.enumerated().compactMap { column, metric in
      let (x, y) = (pair.baseline.values[column], pair.new.values[column])
      guard let before = Median.of(x), let after = Median.of(y) else { return nil }
      var shift = Shift(
        metric: metric, isRanking: ranking.contains(metric), baseline: before, new: after,
        speed: expm1(speed) * 100, trials: (x.count, y.count))
      switch design {
      case .exact: measureStates(x, y, &shift)
      case .turns: measurePairs(sessions(pair, column, trials: trialsPerTurn), &shift)
      case .blocks: measurePairs(sessions(pair, column, trials: 1), &shift)
      case .runs: measureSamples(x, y, slack: 0, &shift)
      case .sequence:
        measureSamples(x, y, slack: speed + drift(pair.new.cell, metric, (x, y)), &shift)
      }
      return shift
    }
  }

  /// The metrics that decide the verdict on the pair.
  ///
  /// Results of older versions lack the CPU time that decides `stream` and `pingpong`: throughput or latency decide there,
  /// as they did then.
  private func ranking(_ pair: CellPair) -> Set<Metric> {
    var ranking = Set(Metric.ranking(pair.new.cell.pattern, byInstructions: byInstructions))
    guard ranking.contains(.cpuNsPerOperation) else { return ranking }
    let busy = [pair.baseline, pair.new].map(Self.busyFraction)
    guard let least = busy.compactMap({ $0 }).min(), busy.count == busy.compactMap({ $0 }).count else {
      return pair.new.cell.pattern == .stream ? [.operationsPerSecond] : [.latencyP50, .latencyP99]
    }
    if least < Busy.fraction { ranking.remove(.operationsPerSecond) }
    return ranking
  }

  /// The part of the elapsed time that the receiver ran on its CPU.
  private static func busyFraction(_ cell: CellSamples) -> Double? {
    func median(_ metric: Metric) -> Double? {
      Metric.compared.firstIndex(of: metric).flatMap { Median.of(cell.values[$0]) }
    }
    guard let cpu = median(.cpuNsPerOperation), let all = median(.nsPerOperation), all > 0 else { return nil }
    return cpu / all
  }

  private func measureSamples(_ x: [Double], _ y: [Double], slack: Double, _ shift: inout Shift) {
    let relative = RelativeShift(x, y, slack: slack)
    (shift.percent, shift.interval) = (relative?.percent, relative?.interval)
    (shift.probability, shift.machine) = (relative?.probability, expm1(slack) * 100)
  }

  // MARK: Pairs

  private func measurePairs(_ pairs: [(first: Double, second: Double)], _ shift: inout Shift) {
    let relative = PairedShift(pairs)
    (shift.percent, shift.interval) = (relative?.percent, relative?.interval)
    (shift.probability, shift.pairs) = (relative?.probability, pairs.count)
    if let first = Median.of(pairs.map(\.first)), let second = Median.of(pairs.map(\.second)) {
      (shift.baseline, shift.new) = (first, second)
    }
  }

  /// The medians of the sessions that both sides have. A session without an undisturbed trial counts with its disturbed
  /// ones: the other side has had the same chance of that.
  private func sessions(_ pair: CellPair, _ column: Int, trials: Int) -> [(first: Double, second: Double)] {
    func medians(_ cell: CellSamples) -> [Int: Double] {
      let counted = zip(cell.indices[column], cell.values[column]).map { (index: $0, value: $1) }
      let sessions = [cell.uncounted[column], counted].map { rows in
        Dictionary(grouping: rows) { $0.index / max(1, trials) }.compactMapValues { Median.of($0.map(\.value)) }
      }
      return sessions[0].merging(sessions[1]) { $1 }
    }
    let (before, after) = (medians(pair.baseline), medians(pair.new))
    return before.keys.sorted().compactMap { session in
      before[session].flatMap { first in after[session].map { (first, $0) } }
    }
  }

  // MARK: Counted instructions

  /// With fewer trials, a rank test of allocator states can't be sure of anything.
  static let fewestStates = 7
  /// With fewer trials, even ranges that lie apart may be chance.
  static let fewestRanges = 5

  /// Trials of a deterministic run differ only by the state of the kernel's allocator, which is a random sample of all
  /// such states. Where no trial differs from another, nothing is left to chance.
  private func measureStates(_ x: [Double], _ y: [Double], _ shift: inout Shift) {
    let range = ExactRange(x, y)
    (shift.percent, shift.interval) = (range?.percent, range?.interval)
    if x.count > 1, x.sorted() == y.sorted() { (shift.percent, shift.interval) = (0, [0, 0]) }
    guard let interval = shift.interval, interval[0] != interval[1] else { return }
    if min(x.count, y.count) >= Self.fewestStates {
      measureSamples(x, y, slack: 0, &shift)
    } else if min(x.count, y.count) < Self.fewestRanges {
      shift.interval = nil
    }
  }

  // MARK: What the machine did between the sides

  /// By how many per cent operations slow down when a control slows down by 1 %. With a neighbour on the core, they
  /// took 34 % longer when the syscall probe took 7 % longer, and 45 % when it took 16 %. Arithmetic shows the clock
  /// alone, to which everything is proportional.
  private static let sensitivity: [Metric: Double] = [.syscallNs: 5, .computeNs: 1]

  /// How much the speed of the core may have differed between the two sides, as the logarithm of a ratio: the largest
  /// difference that a control shows. The code under test has no part in the controls.
  private func speedDifference(_ pair: CellPair) -> Double {
    guard design == .sequence, !byInstructions else { return 0 }
    return Metric.controls.filter { isSameKernel || $0 == .computeNs }.map { control in
      let columns = SampleColumns.compared
      guard let before = Median.of(columns.values(of: control, in: pair.baseline)),
        let after = Median.of(columns.values(of: control, in: pair.new)),
        before > 0, after > 0
      else { return 0 }
      return abs(log(after / before)) * (Self.sensitivity[control] ?? 1)
    }.max() ?? 0
  }

  /// How many deviations of a run's trials another run may lie apart without the controls showing it.
  private static let deviations = 1.5

  /// How far runs drift apart without the controls showing it, as the logarithm of a ratio: what is assumed, what was
  /// measured of this very cell, and what the trials themselves tell, whichever is most.
  private func drift(_ cell: Cell, _ metric: Metric, _ trials: ([Double], [Double])) -> Double {
    let assumed = NoiseFloor.assumedDrift(of: cell)
    let measured = floor?.drift(of: cell, metric.rawValue, trials: min(trials.0.count, trials.1.count)) ?? 0
    let within = max(Self.deviation(trials.0), Self.deviation(trials.1))
    return max(log1p(max(assumed, measured) / 100), Self.deviations * within)
  }

  /// The standard deviation of the logarithms; 0 where there are none.
  private static func deviation(_ values: [Double]) -> Double {
    guard values.count > 1, values.allSatisfy({ $0 > 0 }) else { return 0 }
    let logarithms = values.map { log($0) }
    let mean = logarithms.reduce(0, +) / Double(values.count)
    let squares = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
