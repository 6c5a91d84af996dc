import Vocabulary

/// The text of the progress line.
package struct ProgressLine: Sendable {
  var cell: Cell
  /// From 1.
  var trial: Int
  var trials: Int
  /// Trials of the whole run that are done, and all of them.
  var done: Int
  var total: Int
  var elapsedSeconds: Double
  /// Trials that were done in the elapsed time.
  var doneHere: Int

  /// The line, cut so that it doesn't wrap.
  func text(columns: Int) -> String {
    let left = secondsLeft.map(Self.time) ?? "?"
    let name = "\(cell.transport.rawValue)/\(cell.mode.rawValue)/\(cell.operation.rawValue)/\(cell.pattern.rawValue)"
    // The least important part comes last, as it may be cut off.
    let line = "[\(bar)] \(done)/\(total) \(Self.time(elapsedSeconds)) ETA \(left) \(name) trial \(trial)/\(trials)"
    return String(line.prefix(max(columns - 1, 0)))
  }

  /// The same for a log: `120 of 1182 trials, about 4 min left`.
  var plain: String {
    "\(done) of \(total) trials" + (secondsLeft.map { ", about \(Self.words($0)) left" } ?? "")
  }

  /// Nil before the first trial is done.
  private var secondsLeft: Double? {
    doneHere > 0 ? elapsedSeconds / Double(doneHere) * Double(total - done) : nil
  }

  private var bar: String {
    let width = 20
    let filled = total > 0 ? width * done / total : 0
    return String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
  }

  /// A rough time for people: `40 s`, `4 min`, `2 h 5 min`.
  package static func words(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded())
    if seconds < 60 { return "\(Int(seconds.rounded())) s" }
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// Minutes and seconds, as in `2:05`; hours where there are any.
  package static func time(_ seconds: Double) -> String {
    let total = Int(seconds.rounded())
    let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
    let padded = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(padded)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(padded)"
  }
}
