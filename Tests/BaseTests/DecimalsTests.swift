import Base
import Testing

@Suite struct DecimalsTests {
  @Test(arguments: [(5, "5"), (0.5, "0.5"), (0.25, "0.25"), (2.004, "2"), (0, "0"), (100, "100"), (10.10, "10.1")])
  func asFewDecimalsAsShowIt(value: Double, text: String) {
    #expect(Decimals.shortest(value) == text)
  }

  @Test(arguments: [(9.96, "10.0"), (2.5, "2.5"), (41.2, "41"), (-3.14, "-3.1")])
  func percentages(value: Double, text: String) {
    #expect(Decimals.percent(value) == text)
  }
}
