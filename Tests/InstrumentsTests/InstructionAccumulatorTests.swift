import Testing

@testable import Instruments

@Suite struct InstructionAccumulatorTests {
  private func snapshot(_ instructions: UInt64, at time: UInt64, running: UInt64? = nil) -> InstructionSnapshot {
    InstructionSnapshot(instructions: instructions, enabledNs: time, runningNs: running ?? time)
  }

  @Test func theCostOfReadingIsSubtractedFromEachRegion() {
    var accumulator = InstructionAccumulator(pairCost: 40, isValid: true)
    accumulator.add(from: snapshot(100, at: 10), to: snapshot(240, at: 20))
    accumulator.add(from: snapshot(300, at: 30), to: snapshot(345, at: 40))
    accumulator.add(from: snapshot(400, at: 50), to: snapshot(439, at: 60))
    #expect(accumulator.total == 105)
  }

  @Test func aSharedCounterCountsForNothing() {
    var accumulator = InstructionAccumulator(pairCost: 0, isValid: true)
    accumulator.add(from: snapshot(100, at: 10), to: snapshot(200, at: 20, running: 19))
    accumulator.add(from: snapshot(200, at: 30), to: snapshot(300, at: 40))
    #expect(accumulator.total == nil)
  }

  @Test func aCounterThatDidNotRunCountsForNothing() {
    var accumulator = InstructionAccumulator(pairCost: 0, isValid: true)
    accumulator.add(from: snapshot(0, at: 0), to: snapshot(0, at: 0))
    #expect(accumulator.total == nil)
  }
}
