import Documents
import Histogram

extension Latency {
  init?(_ histogram: Histogram<UInt64>) {
    guard histogram.totalCount > 0 else { return nil }
    self.init(
      min: histogram.min, p50: histogram.valueAtPercentile(50), p90: histogram.valueAtPercentile(90),
      p99: histogram.valueAtPercentile(99), p999: histogram.valueAtPercentile(99.9), max: histogram.maxRecorded,
      count: histogram.totalCount, histogram: HistogramCounts(histogram))
  }
}

extension HistogramCounts {
  init(_ histogram: Histogram<UInt64>) {
    self.init(significantDigits: Int(histogram.numberOfSignificantValueDigits.rawValue), values: [], counts: [])
    for bucket in histogram.recordedValues() {
      values.append(histogram.lowestEquivalentForValue(bucket.value))
      counts.append(bucket.count)
    }
  }
}
