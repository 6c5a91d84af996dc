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
    let left = doneHere > 0 ? Self.time(elapsedSeconds / Double(doneHere) * Double(total - done)) : "?"
    let name = "\(cell.transport.rawValue)/\(cell.mode.rawValue)/\(cell.operation.rawValue)/\(cell.pattern.rawValue)"
    // The least important part comes last, as it may be cut off.
    let line = "[\(bar)] \(done)/\(total) \(Self.time(elapsedSeconds)) ETA \(left) \(name) trial \(trial)/\(trials)"
    return String(line.prefix(max(columns - 1, 0)))
  }

  private var bar: String {
    let width = 20
    let filled = total > 0 ? width * done / total : 0
    return String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
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
