import FoundationEssentials
import Testing

@testable import Documents

@Suite struct HistogramCountsTests {
  @Test(arguments: [
    (#"{"significant_digits": 3, "values": [1, 2], "counts": [5, 6]}"#, true),
    (#"{"significant_digits": 3, "values": [], "counts": []}"#, true),
    (#"{"significant_digits": 3, "values": [2, 1], "counts": [5, 6]}"#, false),
    (#"{"significant_digits": 3, "values": [1], "counts": [5, 6]}"#, false),
    (#"{"significant_digits": 9, "values": [1], "counts": [5]}"#, false),
    (#"{"significant_digits": 3, "values": [18446744073709551615], "counts": [5]}"#, false),
    (#"{"significant_digits": 3, "values": [1], "counts": [18446744073709551615]}"#, false),
  ])
  func whatIsNoHistogramIsRefused(text: String, isRight: Bool) {
    let counts = try? ResultsJSON.decode(HistogramCounts.self, from: Data(text.utf8))
    #expect((counts != nil) == isRight)
  }
}
