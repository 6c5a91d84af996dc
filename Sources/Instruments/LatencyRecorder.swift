package import Documents
public import Histogram

/// A trial's latencies in an HdrHistogram of a fixed size: 1 ns to 60 s, three significant digits.
@usableFromInline package struct LatencyRecorder: Sendable {
  /// 60 s in nanoseconds.
  @inlinable package static var longest: UInt64 { 60_000_000_000 }

  @usableFromInline var histogram = Histogram<UInt64>(
    highestTrackableValue: LatencyRecorder.longest, numberOfSignificantValueDigits: .three)

  package init() {}

  /// Adds one latency; allocates nothing. A latency beyond the histogram's range counts as 60 s, so that none is lost.
  @inlinable
  package mutating func record(_ nanoseconds: UInt64) {
    if !histogram.record(nanoseconds) { histogram.record(Self.longest) }
  }

  /// The distribution so far; nil when nothing was recorded.
  package func latency() -> Latency? {
    Latency(histogram)
  }
}
