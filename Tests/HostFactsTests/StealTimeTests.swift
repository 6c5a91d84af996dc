import Testing

@testable import HostFacts

@Suite struct StealTimeTests {
  private let earlier = """
    cpu  30 3 12 140 8 4 2 12 5 1
    cpu0 1 1 1 1 1 1 1 1 0 0
    cpu1 10 1 4 50 2 1 1 3 9 9
    cpu11 20 2 8 90 6 3 1 8 5 1
    intr 12 13

    """
  private let later = "cpu1 20 1 4 65 2 1 1 28 30 9\n"

  @Test func guestsAreInsideUsers() {
    let time = StealTime(cpu: 1, stat: earlier)
    #expect(time.stolen == 3)
    #expect(time.all == 72)
  }

  @Test func theFractionIsOfTheTimeInBetween() {
    let fraction = StealTime(cpu: 1, stat: later).fraction(since: StealTime(cpu: 1, stat: earlier))
    #expect(fraction == 0.5)
  }

  @Test(arguments: ["", "cpu  1 2 3\n", "cpu2 1 2 3 4 5 6 7 8\n", "cpu1\n", "cpu1 a b c d e f g h\n"])
  func withoutItsLineNothingIsStolen(stat: String) {
    let time = StealTime(cpu: 1, stat: stat)
    #expect(time.stolen == 0)
    #expect(StealTime(cpu: 1, stat: earlier).fraction(since: StealTime(cpu: 1, stat: earlier)) == 0)
    #expect(time.fraction(since: StealTime(cpu: 1, stat: earlier)) == 0)
  }

  @Test func theKernelKnowsItsFirstCPU() {
    #expect(StealTime.now(cpu: 0).all > 0)
    #expect(StealTime.now(cpu: 1_000_000).all == 0)
  }
}
