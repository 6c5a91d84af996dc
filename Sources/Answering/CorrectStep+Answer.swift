import Base
import Documents
import Planning
import Vocabulary

extension CorrectStep: AnsweringStep {
  func finding(_ evidence: Evidence) -> Finding {
    let mine = evidence.cells.filter { place.matches($0.cell) }
    let (good, failed) = (mine.filter { $0.status == .ok }, mine.filter { $0.status == .failed })
    let faults = evidence.host.knownFaults ?? []
    // The right ones are in one row: there are dozens.
    let rows =
      [
        AnswerRow(
          what: "combinations that delivered every byte", figure: "\(good.count)", interval: "", word: "correct")
      ]
      + mine.filter { $0.status != .ok }.map {
        AnswerRow(what: MissingCells.name($0.cell), figure: "", interval: "", word: Self.word($0.status))
      }
      + faults.map { AnswerRow(what: $0.name, figure: "", interval: "", word: "a known fault, here") }
    let known = Self.text(of: evidence.host.knownFaults)
    guard !(good + failed).isEmpty else {
      return .nothing(mine.lazy.compactMap(MissingCells.why).first ?? "the run has no cells for it")
    }
    let some = "\(good.count + failed.count) combinations"
    guard let first = failed.first else {
      let messages = good.flatMap(\.trials).compactMap { $0[.operations] }.reduce(0, +)
      let trials = good.reduce(0) { $0 + $1.trials.count }
      return Finding(
        sentence:
          "\(advice.better): all \(some) delivered every byte in order, \(Decimals.text(messages, 0)) messages in "
          + "\(trials) trials. A fault rarer than that can't be told.\(known)", isTold: true, rows: rows)
    }
    let names = Listed.text(failed.prefix(3).map { MissingCells.name($0.cell) }, by: "; ", last: "; ")
    return Finding(
      sentence:
        "\(advice.worse): \(failed.count) of \(some) certainly went wrong: \(names)\(failed.count > 3 ? " and others" : ""). "
        + "The first says: \(MissingCells.why(first) ?? "").\(known)", isTold: true, rows: rows)
  }

  /// What is said of faults that have a name; nothing where a document does not know.
  private static func text(of faults: [KernelFault]?) -> String {
    guard let faults else { return "" }
    guard !faults.isEmpty else { return " None of the known faults that are looked for is here." }
    let list = faults.map { "\($0.name), \($0.summary) (\($0.fix.map { "mended by \($0)" } ?? "not mended yet"))" }
    return " But this kernel has \(faults.count == 1 ? "a known fault" : "\(faults.count) known faults"): "
      + "\(list.joined(separator: "; "))."
  }

  private static func word(_ status: CellStatus) -> String {
    switch status {
    case .ok: "correct"
    case .failed: "wrong"
    case .unsupported: "not here"
    }
  }
}
