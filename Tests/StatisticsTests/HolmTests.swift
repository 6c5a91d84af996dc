import Statistics
import Testing

@Suite struct HolmTests {
  /// `p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5, 0.9), "holm")` of R: `Rscript Tests/StatisticsTests/reference.R`.
  @Test func isRs() {
    let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005, 0.5, 0.9])
    #expect(zip(adjusted, [0.05, 0.12, 0.12, 0.03, 1, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func oneQuestionNeedsNoCorrection() {
    #expect(Holm.adjusted([0.03]) == [0.03])
    #expect(Holm.adjusted([]) == [])
  }
}
