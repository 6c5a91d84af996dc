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

  @Test(arguments: [(5.4, "0:05"), (65, "1:05"), (3725, "1:02:05")])
  func times(seconds: Double, text: String) {
    #expect(ProgressLine.time(seconds) == text)
  }
}
