import Documents
import Glibc

/// How an interval and a probability become a verdict.
///
/// `same`: the whole interval lies within the threshold, on either side. `worse` and `better`: the interval lies wholly
/// on one side of 0 and reaches beyond the threshold, and the probability, corrected for the number of cells, is at
/// most ``level``. Everything else is `undecided`. So a difference that is real but surely smaller than the threshold
/// is `same`. A difference that may be smaller or larger than the threshold counts.
struct DecisionRule: Sendable {
  /// The chance of even one false `worse` or `better` among all cells of a comparison.
  static let level = 0.01
  /// No larger number of trials is suggested.
  private static let mostTrials = 1000.0
  /// The interval of so few trials is itself uncertain: by simulation, twice the number that it promises is needed.
  private static let caution = 2.0

  let design: ComparisonDesign
  /// Percent.
  let threshold: Double
  /// How many probabilities are corrected together.
  let family: Int

  /// - Parameters:
  ///   - interval: of the worsening in percent; nil where there are too few trials, and where the baseline is 0.
  ///   - worsens: the direction, for a baseline of 0.
  func verdict(interval: [Double]?, adjustedProbability: Double, worsens: Bool?) -> Verdict {
    let isSignificant = adjustedProbability <= Self.level
    guard let interval else {
      guard isSignificant, let worsens else { return .undecided }
      return worsens ? .worse : .better
    }
    if interval.allSatisfy({ abs($0) <= threshold }) { return .same }
    guard isSignificant else { return .undecided }
    if interval[0] > 0 { return .worse }
    return interval[1] < 0 ? .better : .undecided
  }

  /// The fewest pairs, or trials of either side, that can make a difference `worse` or `better`.
  var fewest: Int {
    (2...).first { count in
      let least = isPaired ? SignedRank.smallest(count) : MannWhitney.smallest(count, count)
      return least * Double(family) <= Self.level
    } ?? 2
  }

  private var isPaired: Bool { design == .turns || design == .blocks }

  /// How many pairs, or trials of either side, would decide, if the estimate stays and the interval shrinks with the
  /// square root of their number; nil where no number would. Between runs that were measured one after the other, more
  /// trials make nothing surer than the machine's drift allows.
  ///
  /// - Parameters:
  ///   - percent: the estimate.
  ///   - trials: the number of pairs, or of trials on the side with fewer.
  func trialsToDecide(percent: Double?, interval: [Double]?, trials: Int) -> Int? {
    guard let percent, let interval else { return max(fewest, trials + 1) }
    guard design != .sequence else { return nil }
    let width = (interval[1] - interval[0]) / 2
    // From the confidence of the interval to that of the corrected test.
    let strictness = NormalQuantile.upper(Self.level / 2 / Double(family)) / NormalQuantile.upper(0.025)
    let toSame = Self.factor(from: width, to: threshold - abs(percent))
    let toDifference = Self.factor(from: width * strictness, to: abs(percent))
    guard let factor = [toSame, toDifference].compactMap({ $0 }).min() else { return nil }
    let wanted = Double(trials) * factor * factor * Self.caution
    let needed = max(Double(max(fewest, trials + 1)), wanted.rounded(.up))
    return needed <= Self.mostTrials ? Int(needed) : nil
  }

  /// By how much a width has to shrink; nil where even a width of 0 would be too much.
  private static func factor(from width: Double, to room: Double) -> Double? { room > 0 ? width / room : nil }
}
