import Statistics
import Testing

/// Against SciPy 1.17.1, for the values 1...n:
///
///     python3 -c "
///     import numpy; from scipy.stats import quantile_test
///     for n in (6, 7, 8, 9, 12, 15, 20, 25, 51, 100, 1000, 10000):
///         test = quantile_test(numpy.arange(1.0, n + 1), q=0, p=0.5)
///         print(n, test.confidence_interval(0.95), test.confidence_interval(0.99))"
@Suite struct MedianIntervalTests {
  @Test(arguments: [
    (6, [1.0, 6.0]), (7, [1.0, 7.0]), (8, [1.0, 8.0]), (9, [2.0, 8.0]), (12, [3.0, 10.0]), (15, [4.0, 12.0]),
    (20, [6.0, 15.0]), (25, [8.0, 18.0]),
    (51, [19.0, 33.0]), (100, [40.0, 61.0]), (1000, [469.0, 532.0]),
  ])
  func isSciPysWith95Percent(count: Int, interval: [Double]) {
    #expect(MedianInterval.of((1...count).map(Double.init)) == interval)
  }

  @Test(arguments: [
    (8, [1.0, 8.0]), (9, [1.0, 9.0]), (12, [2.0, 11.0]), (15, [3.0, 13.0]), (20, [4.0, 17.0]), (25, [6.0, 20.0]),
    (51, [16.0, 36.0]),
    (100, [37.0, 64.0]), (1000, [459.0, 542.0]),
  ])
  func isSciPysWith99Percent(count: Int, interval: [Double]) {
    #expect(MedianInterval.of((1...count).map(Double.init), confidence: 0.99) == interval)
  }

  @Test(arguments: 0...5) func needsSixValues(count: Int) {
    #expect(MedianInterval.of((0..<count).map(Double.init)) == nil)
  }

  @Test func doesNotDependOnTheOrder() {
    #expect(MedianInterval.of([6, 1, 5, 2, 4, 3]) == [1.0, 6.0])
  }

  /// The binomial weights underflow a double from 1075 values on unless they are kept as logarithms.
  @Test func holdsForManyValues() {
    #expect(MedianInterval.of((1...10_000).map(Double.init)) == [4902.0, 5099.0])
  }
}
