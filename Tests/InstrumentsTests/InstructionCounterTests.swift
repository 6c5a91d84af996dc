import Glibc
import Testing

@testable import Instruments

@Suite struct InstructionCounterTests {
  private static let isAvailable = InstructionCounter().isAvailable

  @Test(.enabled(if: isAvailable, "no hardware counter here"))
  func aKnownLoopIsCounted() throws {
    let counter = InstructionCounter()
    let (once, twice) = (instructions(of: 100_000, counter), instructions(of: 200_000, counter))
    #expect(try #require(once) >= 100_000)
    #expect(try #require(twice) > #require(once) / 2 * 3)
  }

  @Test(.enabled(if: !isAvailable, "there is a hardware counter here"))
  func withoutACounterThereIsNoNumber() {
    let counter = InstructionCounter()
    let (reason, cost, snapshot) = (counter.unavailable, counter.pairCost, counter.read())
    let counted = instructions(of: 1000, counter)
    #expect(reason != nil)
    #expect(cost == 0)
    #expect(snapshot == InstructionSnapshot())
    #expect(counted == nil)
  }

  private func instructions(of iterations: Int, _ counter: borrowing InstructionCounter) -> UInt64? {
    var accumulator = InstructionAccumulator(counter)
    let start = counter.read()
    for _ in 0..<iterations { _ = getppid() }
    accumulator.add(from: start, to: counter.read())
    return accumulator.total
  }
}
