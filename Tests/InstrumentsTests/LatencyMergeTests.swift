import Documents
import Instruments
import Testing

@Suite struct LatencyMergeTests {
  /// Latencies as they come: most of a few microseconds, a tail over all magnitudes, now and then zero.
  private func values(seed: UInt64) -> [UInt64] {
    var random = SplitMix64(state: seed)
    return (0..<Int.random(in: 1...2000, using: &random)).map { _ in
      UInt64.random(in: 0...(1 << UInt64.random(in: 0...36, using: &random)), using: &random)
    }
  }

  private func recorded(_ values: some Sequence<UInt64>) -> Latency? {
    var recorder = LatencyRecorder()
    for value in values { recorder.record(value) }
    return recorder.latency()
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func mergingPartsIsRecordingAllInOne(seed: UInt64) {
    let all = values(seed: seed)
    let parts = (0..<5).compactMap { part in recorded(all.enumerated().filter { $0.offset % 5 == part }.map(\.element))
    }
    #expect(Latency.merged(parts) == recorded(all))
    #expect(Latency.merged(parts.reversed()) == recorded(all))
  }

  @Test func oneValueTwiceStaysOneBucket() {
    let one = recorded([1_000_001])
    #expect(Latency.merged([one!, one!]) == recorded([1_000_001, 1_000_001]))
  }

  @Test func nothingMergesToNothing() {
    #expect(Latency.merged([]) == nil)
    #expect(HistogramCounts.merged([]) == nil)
  }

  @Test func differentDigitsDoNotMerge() {
    let three = HistogramCounts(significantDigits: 3, values: [5], counts: [1])
    let two = HistogramCounts(significantDigits: 2, values: [5], counts: [1])
    #expect(HistogramCounts.merged([three, two]) == nil)
    #expect(HistogramCounts.merged([three, three])?.counts == [2])
  }
}

/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014): seeded, so that a failure repeats.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
