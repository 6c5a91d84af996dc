package import Vocabulary

/// A latency distribution. All values in nanoseconds; percentiles are read off the merged histogram.
package struct Latency: Codable, Hashable, Sendable {
  package var min: UInt64
  package var p50: UInt64
  package var p90: UInt64
  package var p99: UInt64
  package var p999: UInt64
  package var max: UInt64
  package var count: UInt64
  /// The recorded buckets, mergeable by adding counts of equal values.
  package var histogram: HistogramCounts

  package init(
    min: UInt64, p50: UInt64, p90: UInt64, p99: UInt64, p999: UInt64, max: UInt64, count: UInt64,
    histogram: HistogramCounts
  ) {
    self.min = min
    self.p50 = p50
    self.p90 = p90
    self.p99 = p99
    self.p999 = p999
    self.max = max
    self.count = count
    self.histogram = histogram
  }

  package enum CodingKeys: String, CodingKey {
    case min, p50, p90, p99, max, count, histogram
    case p999 = "p99_9"
  }
}

extension Latency {
  /// The value of a latency metric; nil for other metrics.
  package subscript(metric: Metric) -> Double? {
    switch metric {
    case .latencyMin: Double(min)
    case .latencyP50: Double(p50)
    case .latencyP90: Double(p90)
    case .latencyP99: Double(p99)
    case .latencyP999: Double(p999)
    case .latencyMax: Double(max)
    case .latencyCount: Double(count)
    default: nil
    }
  }
}

/// The non-empty buckets of an HdrHistogram.
package struct HistogramCounts: Codable, Hashable, Sendable {
  /// Significant decimal digits that the buckets keep.
  package var significantDigits: Int
  /// The lowest value of each non-empty bucket, ascending, in nanoseconds.
  package var values: [UInt64]
  /// How many values fell in each of those buckets.
  package var counts: [UInt64]

  package init(significantDigits: Int, values: [UInt64], counts: [UInt64]) {
    self.significantDigits = significantDigits
    self.values = values
    self.counts = counts
  }

  package enum CodingKeys: String, CodingKey {
    case values, counts
    case significantDigits = "significant_digits"
  }

  /// Refuses what is no histogram, so that no reader of it has to ask.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    significantDigits = try container.decode(Int.self, forKey: .significantDigits)
    values = try container.decode([UInt64].self, forKey: .values)
    counts = try container.decode([UInt64].self, forKey: .counts)
    func refuse(_ why: String) -> DecodingError {
      DecodingError.dataCorruptedError(forKey: .values, in: container, debugDescription: why)
    }
    guard (1...5).contains(significantDigits) else { throw refuse("1 to 5 digits are needed") }
    guard values.count == counts.count else { throw refuse("a count for each value is needed") }
    guard zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }), values.last ?? 0 < Self.most else {
      throw refuse("ascending values below 2^62 are needed")
    }
    // So that a million trials still add up.
    guard counts.allSatisfy({ $0 < 1 << 40 }), values.count < 1 << 20 else { throw refuse("smaller counts are needed") }
  }

  private static let most: UInt64 = 1 << 62
}
