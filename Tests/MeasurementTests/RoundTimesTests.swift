import Measurement
import Testing

@Suite struct RoundTimesTests {
  @Test(arguments: [([], nil), ([7], 7), ([9, 1], 5), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5)] as [([UInt64], Double?)])
  func theMedianIsExact(times: [UInt64], median: Double?) {
    var rounds = RoundTimes(capacity: 8)
    for time in times { rounds.append(time) }
    let (count, result) = (rounds.count, rounds.median())
    #expect(count == times.count)
    #expect(result == median)
  }

  @Test(arguments: [0, 1, 7, 4096])
  func beyondTheCapacityEveryTimeIsKept(capacity: Int) {
    var rounds = RoundTimes(capacity: capacity)
    for time in (1...10_001).reversed() { rounds.append(UInt64(time)) }
    let (count, result) = (rounds.count, rounds.median())
    #expect(count == 10_001)
    #expect(result == 5001)
  }
}
