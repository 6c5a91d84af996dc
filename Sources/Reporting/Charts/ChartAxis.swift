import Base
import Glibc

/// Where values lie along an axis, and its ticks.
struct ChartAxis: Sendable {
  struct Tick: Sendable {
    var value: Double
    var label: String
  }

  let ticks: [Tick]
  private let place: @Sendable (Double) -> Double

  /// Where a value lies, 0 at the beginning and 1 at the end. Values beyond the axis lie at its end.
  func position(_ value: Double) -> Double { min(1, max(0, place(value))) }

  /// From zero, with round ticks.
  static func linear(to most: Double) -> ChartAxis {
    let axis = LinearAxis(to: most)
    return ChartAxis(ticks: axis.ticks.map { Tick(value: $0, label: Decimals.shortest($0, upTo: 3)) }) { $0 / axis.end }
  }

  /// Logarithmic over whole powers of ten, with ticks at 1, 2 and 5 where these are few.
  static func logarithmic(from least: Double, to most: Double) -> ChartAxis {
    let (low, high) = (log10(max(least, 1e-9)).rounded(.down), log10(max(most, 1e-9)).rounded(.up))
    let (first, last) = (Int(low), Int(max(high, low + 1)))
    let steps = last - first > 2 ? [1.0] : [1, 2, 5]
    let values = (first..<last).flatMap { power in steps.map { $0 * pow(10, Double(power)) } } + [pow(10, Double(last))]
    return ChartAxis(ticks: values.map { Tick(value: $0, label: Decimals.shortest($0, upTo: 3)) }) {
      $0 > 0 ? (log10($0) - Double(first)) / Double(last - first) : 0
    }
  }

  /// Equal steps from one given value to the next that doubles it, such as message sizes.
  static func values(_ values: [Int], label: (Int) -> String) -> ChartAxis {
    let numbers = values.map(Double.init)
    let (low, high) = (log2(max(numbers.min() ?? 1, 1)), log2(max(numbers.max() ?? 2, 2)))
    return ChartAxis(ticks: values.map { Tick(value: Double($0), label: label($0)) }) {
      high > low ? (log2(max($0, 1)) - low) / (high - low) : 0.5
    }
  }

  /// Percentiles on the logarithmic axis of 1/(1-p), from the median on. A value is 1/(1-p).
  static func percentiles(upTo most: Double) -> ChartAxis {
    let known = [(2.0, "50 %"), (10, "90"), (100, "99"), (1000, "99.9"), (10_000, "99.99")]
    let end = max(most, 10)
    return ChartAxis(ticks: known.filter { $0.0 <= end }.map { Tick(value: $0.0, label: $0.1) }) {
      log($0 / 2) / log(end / 2)
    }
  }

  /// Equal steps, one for each name.
  static func names(_ names: [String]) -> ChartAxis {
    let last = Double(max(names.count - 1, 1))
    return ChartAxis(ticks: names.enumerated().map { Tick(value: Double($0), label: $1) }) { $0 / last }
  }
}
