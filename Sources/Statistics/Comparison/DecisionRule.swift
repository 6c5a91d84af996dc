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
  private static let mostTrials = 10_000.0

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

  /// The fewest trials of either side that can make a difference `worse` or `better`.
  var fewestTrials: Int {
    (2...).first { MannWhitney.smallest($0, $0) * Double(family) <= Self.level } ?? 2
  }

  /// How many trials of either side would decide, if the estimate stays and the interval shrinks with the square root
  /// of their number; nil where no number would.
  ///
  /// - Parameters:
  ///   - percent: the estimate.
  ///   - interval: includes what the machine moved.
  ///   - machine: by how many percent the interval was widened on either side for the machine.
  ///   - trials: their number on the side with fewer.
  func trialsToDecide(percent: Double?, interval: [Double]?, machine: Double, trials: Int) -> Int? {
    guard let percent, let interval else { return max(fewestTrials, trials + 1) }
    let width = max(0, (interval[1] - interval[0]) / 2 - machine)
    // From the confidence of the interval to that of the corrected test.
    let strictness = NormalQuantile.upper(Self.level / 2 / Double(family)) / NormalQuantile.upper(0.025)
    let toSame = Self.factor(from: width, to: threshold - machine - abs(percent))
    let toDifference = Self.factor(from: width * strictness, to: abs(percent) - machine)
    guard let factor = [toSame, toDifference].compactMap({ $0 }).min() else { return nil }
    let needed = max(Double(max(fewestTrials, trials + 1)), (Double(trials) * factor * factor).rounded(.up))
    return needed <= Self.mostTrials ? Int(needed) : nil
  }

  /// By how much a width has to shrink; nil where even a width of 0 would be too much.
  private static func factor(from width: Double, to room: Double) -> Double? { room > 0 ? width / room : nil }
}
