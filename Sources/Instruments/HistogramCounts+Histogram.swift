package import Documents
import Histogram

extension HistogramCounts {
  /// The counts of several histograms, added bucket by bucket.
  ///
  /// - Returns: nil without parts, or when they keep different numbers of digits and so have different buckets.
  package static func merged(_ parts: [HistogramCounts]) -> HistogramCounts? {
    guard let digits = parts.first?.significantDigits, parts.allSatisfy({ $0.significantDigits == digits }) else {
      return nil
    }
    var sums: [UInt64: UInt64] = [:]
    for part in parts {
      for (value, count) in zip(part.values, part.counts) { sums[value, default: 0] &+= count }
    }
    let buckets = sums.sorted { $0.key < $1.key }
    return HistogramCounts(significantDigits: digits, values: buckets.map(\.key), counts: buckets.map(\.value))
  }

  init(_ histogram: Histogram<UInt64>) {
    self.init(significantDigits: Int(histogram.numberOfSignificantValueDigits.rawValue), values: [], counts: [])
    for bucket in histogram.recordedValues() {
      values.append(histogram.lowestEquivalentForValue(bucket.value))
      counts.append(bucket.count)
    }
  }
}

extension Histogram<UInt64> {
  /// The histogram that has these counts.
  ///
  /// - Parameter maximum: The exact highest value: it stands for the highest bucket, because percentiles stop at it.
  init?(_ counts: HistogramCounts, maximum: UInt64) {
    guard let digits = Int8(exactly: counts.significantDigits).flatMap(SignificantDigits.init) else { return nil }
    self.init(numberOfSignificantValueDigits: digits)
    for (value, count) in zip(counts.values, counts.counts) {
      record(value == counts.values.last ? maximum : value, count: count)
    }
  }
}
