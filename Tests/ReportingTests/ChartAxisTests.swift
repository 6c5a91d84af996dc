import Testing

@testable import Reporting

@Suite struct ChartAxisTests {
  @Test func percentilesAreLogarithmic() {
    let axis = ChartAxis.percentiles(upTo: 2000)
    #expect(axis.ticks.map(\.label) == ["50 %", "90", "99", "99.9"])
    #expect(axis.position(2) == 0 && axis.position(2000) == 1)
    #expect(abs(axis.position(20) - axis.position(2) - (axis.position(200) - axis.position(20))) < 1e-9)
  }

  @Test func decadesTakeOneTickWhereTheyAreMany() {
    #expect(
      ChartAxis.logarithmic(from: 40, to: 900).ticks.map(\.label) == ["10", "20", "50", "100", "200", "500", "1000"])
    #expect(
      ChartAxis.logarithmic(from: 1, to: 90_000).ticks.map(\.label) == ["1", "10", "100", "1000", "10000", "100000"])
    #expect(ChartAxis.logarithmic(from: 1, to: 1).position(0) == 0)
  }

  @Test func sizesStandByTheirDoublings() {
    let axis = ChartAxis.values([64, 128, 1024]) { "\($0)" }
    #expect(axis.position(64) == 0 && axis.position(128) == 0.25 && axis.position(1024) == 1)
    #expect(ChartAxis.values([5]) { "\($0)" }.position(5) == 0.5)
  }

  @Test func namesStandInEqualSteps() {
    #expect([0.0, 1, 2].map(ChartAxis.names(["a", "b", "c"]).position) == [0, 0.5, 1])
  }
}
