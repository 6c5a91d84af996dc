import Glibc

/// By how many percent the second values of pairs lie above the first, and how sure that is.
///
/// Ratios are compared as differences of logarithms, so that exchanging the sides changes only the sign. Where a value
/// is 0 or less, plain differences are compared, in percent of the median of the first values.
struct PairedShift: Sendable {
  /// Nil where the median of the first values is 0 and the sides differ.
  var percent: Double?
  /// With 95 % confidence; nil with too few pairs.
  var interval: [Double]?
  /// The two-sided probability of pairs that differ so much, if the sides are alike.
  var probability: Double

  /// - Returns: nil without pairs.
  init?(_ pairs: [(first: Double, second: Double)]) {
    guard let median = Median.of(pairs.map(\.first)) else { return nil }
    if pairs.allSatisfy({ $0.first > 0 && $0.second > 0 }) {
      guard let ranks = SignedRank(pairs.map { log($0.second / $0.first) }) else { return nil }
      percent = expm1(ranks.shift) * 100
      interval = ranks.interval.map { $0.map { expm1($0) * 100 } }
      probability = ranks.probability
    } else {
      guard let ranks = SignedRank(pairs.map { $0.second - $0.first }) else { return nil }
      probability = ranks.probability
      if median != 0 {
        percent = ranks.shift / abs(median) * 100
        interval = ranks.interval.map { $0.map { $0 / abs(median) * 100 } }
      } else if pairs.allSatisfy({ $0.first == $0.second }) {
        percent = 0
        interval = ranks.interval
      }
    }
  }
}
