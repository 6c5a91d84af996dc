import Results
import Statistics
import TestSupport
import Testing

@Suite struct RunComparisonTests {
  private func document(_ values: [(Mode, Double?)], deterministic: Bool = true) -> ResultsDocument {
    var document = Sample.document(
      values.map { mode, value in
        let cell = Sample.cell(.tcp, mode)
        guard let value else { return CellResult(cell: cell, status: .unsupported, reason: Sample.unsupported) }
        let names = ["instructions_per_operation", "ns_per_operation"]
        let summary = MetricSummary(median: value, ci95: deterministic ? nil : [value - 5, value + 5], trials: 1)
        return CellResult(
          cell: cell, status: .ok, summary: Dictionary(uniqueKeysWithValues: names.map { ($0, summary) }))
      })
    document.host.deterministic = deterministic
    return document
  }

  @Test func tellsWorseBetterAndSame() {
    let old = document([(.pbuf, 1000), (.legacy, 2000), (.plain, 1000), (.kmbuf, nil)])
    let new = document([(.pbuf, 1005), (.legacy, 2011), (.plain, 900), (.kmbuf, 1)])
    let comparison = RunComparison(old, new, threshold: 0.5)
    #expect(comparison.cells.map(\.verdict) == [.same, .worse, .better, .missing])
    #expect(comparison.cells.map(\.difference) == [5, 11, -100, nil])
    #expect(comparison.cells[3].remark == "baseline unsupported: register: EINVAL")
    #expect(comparison.metric == "instructions_per_operation")
    #expect(comparison.hasWorse && comparison.isComparable)
  }

  @Test func overlappingIntervalsAreTheSame() {
    let old = document([(.pbuf, 100), (.plain, 100)], deterministic: false)
    let new = document([(.pbuf, 109), (.plain, 111)], deterministic: false)
    let comparison = RunComparison(old, new, threshold: 5)
    #expect(comparison.metric == "ns_per_operation")
    #expect(comparison.cells.map(\.verdict) == [.same, .worse])
  }

  @Test func withoutSharedCellsNothingIsComparable() {
    let comparison = RunComparison(document([(.pbuf, 1)]), document([(.plain, 1)]), threshold: 0.5)
    #expect(comparison.cells.isEmpty)
    #expect(!comparison.isComparable && !comparison.hasWorse)
  }
}
