import Documents

/// The difference of two deterministic samples. Chance plays no part, so the values themselves tell everything.
struct ExactRange: Sendable {
  var percent: Double
  /// The smallest and the largest change between any two of the values, in percent.
  var interval: [Double]

  /// - Returns: nil when a sample is empty, or the baseline is not above 0 while the samples differ.
  init?(_ first: [Double], _ second: [Double]) {
    guard let (low, high) = Self.ends(first), let (newLow, newHigh) = Self.ends(second),
      let before = Median.of(first), let after = Median.of(second)
    else { return nil }
    if low == high, low == newLow, low == newHigh {
      (percent, interval) = (0, [0, 0])
      return
    }
    guard low > 0 else { return nil }
    percent = (after - before) / before * 100
    interval = [(newLow - high) / high * 100, (newHigh - low) / low * 100]
  }

  private static func ends(_ values: [Double]) -> (Double, Double)? {
    guard let low = values.min(), let high = values.max() else { return nil }
    return (low, high)
  }

  /// `worse` or `better` if every pair of values is beyond the threshold, `same` if every pair is within it, else
  /// `undecided`.
  ///
  /// - Parameter interval: of the worsening, in percent.
  static func verdict(_ interval: [Double], threshold: Double) -> Verdict {
    if interval[0] > threshold { return .worse }
    if interval[1] < -threshold { return .better }
    return interval.allSatisfy { abs($0) <= threshold } ? .same : .undecided
  }
}
