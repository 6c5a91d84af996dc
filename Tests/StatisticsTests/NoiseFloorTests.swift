import Documents
import Statistics
import TestSupport
import Testing
import Vocabulary

@Suite struct NoiseFloorTests {
  private func floor(_ ns: (Int, inout SeededRandom) -> Double) -> NoiseFloor {
    var random = SeededRandom(seed: 2)
    let cells = [Mode.plain, .legacy, .pbuf].map { mode in
      Sample.result(Sample.cell(.tcp, mode), (0..<66).map { ns($0, &random) })
    }
    return NoiseFloor(cells)
  }

  /// The intervals of independent trials cover all their differences, and more trials resolve more.
  @Test func independentTrialsDoNotDrift() throws {
    let floor = floor { 600 * (1 + 0.01 * $1.normal(mean: 0)) }
    // All cells together, then each by itself.
    #expect(floor.rows.map(\.cell) == [nil] + [Mode.plain, .legacy, .pbuf].map { Sample.cell(.tcp, $0).id })
    let row = floor.rows[0]
    #expect((row.pattern, row.isDirect, row.metric, row.cells) == (.drain, false, "ns_per_operation", 3))
    #expect(row.sizes.map(\.trials) == [5, 7, 11, 15, 22, 33])
    #expect(row.sizes.allSatisfy { $0.driftPercent < 0.5 })
    #expect(row.sizes[0].resolvesPercent > row.sizes[5].resolvesPercent)
    #expect((1...6).contains(row.sizes[2].resolvesPercent))
  }

  /// A machine that is 10 % slower for the second half of the trials: more trials do not help.
  @Test func whatTheMachineDoesIsSeen() throws {
    let floor = floor { ($0 < 33 ? 600 : 660) * (1 + 0.01 * $1.normal(mean: 0)) }
    #expect(floor.rows[0].sizes.allSatisfy { (6...11).contains($0.driftPercent) })
  }

  @Test func fewTrialsGiveNoFloor() {
    #expect(NoiseFloor([Sample.result(Sample.cell(), [600, 601, 602])]).rows.isEmpty)
    #expect(NoiseFloor([]).rows.isEmpty)
  }
}
