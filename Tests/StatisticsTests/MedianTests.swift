import Statistics
import Testing

@Suite struct MedianTests {
  @Test(arguments: [([3.0], 3.0), ([2.0, 1.0], 1.5), ([5.0, 1.0, 3.0], 3.0), ([4.0, 1.0, 3.0, 2.0], 2.5)])
  func isTheMiddle(values: [Double], median: Double) {
    #expect(Median.of(values) == median)
  }

  @Test func ofNothingIsNothing() {
    #expect(Median.of([]) == nil)
  }
}
