import Documents
import Instruments
import Testing

@Suite struct LatencyRecorderTests {
  @Test func nothingRecordedIsNoLatency() {
    #expect(LatencyRecorder().latency() == nil)
  }

  @Test func smallValuesAreExact() throws {
    var recorder = LatencyRecorder()
    for value in 1...1000 { recorder.record(UInt64(value)) }
    let latency = try #require(recorder.latency())
    #expect(latency.min == 1)
    #expect([latency.p50, latency.p90, latency.p99, latency.p999] == [500, 900, 990, 999])
    #expect(latency.max == 1000)
    #expect(latency.count == 1000)
    #expect(latency.histogram.values == Array(1...1000))
  }

  @Test(arguments: [123_456, 98_765_432, 59_999_999_999] as [UInt64])
  func largeValuesKeepThreeDigits(value: UInt64) throws {
    var recorder = LatencyRecorder()
    recorder.record(value)
    recorder.record(value * 2)
    let median = try #require(recorder.latency()).p50
    #expect(median >= value && median - value <= value / 1000)
  }

  @Test(arguments: [LatencyRecorder.longest * 2, .max])
  func whatIsTooLongCountsAsTheLongest(value: UInt64) throws {
    var recorder = LatencyRecorder()
    recorder.record(value)
    let latency = try #require(recorder.latency())
    #expect(latency.max == LatencyRecorder.longest)
    #expect(latency.count == 1)
  }

  @Test func zeroIsALatency() throws {
    var recorder = LatencyRecorder()
    recorder.record(0)
    #expect(recorder.latency()?.min == 0)
    #expect(recorder.latency()?.max == 0)
  }
}
