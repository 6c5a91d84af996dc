import TestSupport
import Testing

@testable import Running

@Suite struct ProgressLineTests {
  let line = ProgressLine(
    cell: Sample.cell(), trial: 2, trials: 7, done: 30, total: 120, elapsedSeconds: 20, doneHere: 10)

  @Test func hasBarTimesCellAndTrial() {
    let text = "[#####...............] 30/120 0:20 ETA 3:00 tcp/pbuf/multishot/drain trial 2/7"
    #expect(line.text(columns: 100) == text)
  }

  @Test func doesNotWrap() {
    #expect(line.text(columns: 40).count == 39)
  }

  @Test func aLogGetsWords() {
    #expect(line.plain == "30 of 120 trials, about 3 min left")
    let first = ProgressLine(
      cell: Sample.cell(), trial: 1, trials: 7, done: 0, total: 120, elapsedSeconds: 0, doneHere: 0)
    #expect(first.plain == "0 of 120 trials")
  }

  @Test(arguments: [(40.2, "40 s"), (61, "1 min"), (240, "4 min"), (7500, "2 h 5 min")])
  func roughTimes(seconds: Double, text: String) {
    #expect(ProgressLine.words(seconds) == text)
  }

  @Test(arguments: [(5.4, "0:05"), (65, "1:05"), (3725, "1:02:05")])
  func times(seconds: Double, text: String) {
    #expect(ProgressLine.time(seconds) == text)
  }
}
