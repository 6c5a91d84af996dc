import Documents
import TestSupport
import Testing
import Vocabulary

@Suite struct CSVTests {
  let document = Sample.everyKind

  @Test func looksLikeTheGoldenFile() throws {
    #expect(try document.csv == Golden.text("results.csv", now: document.csv))
  }

  /// One row per trial, and one for each cell without trials; every row as wide as the header.
  @Test func aStrictReaderFindsEveryTrial() async throws {
    let reader = """
      import csv, io, sys
      text = io.TextIOWrapper(sys.stdin.buffer, newline="").read()
      rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
      assert all(None not in row and None not in row.values() for row in rows)
      print(len(rows), sum(row["order"] != "" for row in rows), rows[-1]["reason_message"])
      """
    let check = try await Program.python(["-c", reader], input: document.csv)
    #expect(check.output == "8 7 byte 3 of message 17 is 9, \"not 8\"\n", "\(check.error)")
  }

  @Test func linesEndAsRFC4180Says() {
    let bytes = Array(document.csv.utf8)
    let bare = bytes.indices.filter { bytes[$0] == 10 && ($0 == 0 || bytes[$0 - 1] != 13) }
    #expect(bare.isEmpty)
    #expect(document.csv.hasSuffix("\r\n"))
  }

  /// The columns are the vocabulary's own words, in its order.
  @Test func everyAxisAndMetricIsAColumn() {
    let header = document.csv.prefix { $0 != "\r\n" }.split(separator: ",").map(String.init)
    #expect(header.filter(NumberAxis.allCases.map(\.key).contains) == NumberAxis.allCases.map(\.key))
    #expect(header.filter(Metric.allCases.map(\.rawValue).contains) == Metric.allCases.map(\.rawValue))
    #expect(Set(header).count == header.count)
  }
}
