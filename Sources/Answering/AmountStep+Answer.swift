import Documents
import Planning
import Statistics
import Vocabulary

extension AmountStep: AnsweringStep {
  func finding(_ evidence: Evidence) -> Finding {
    let mine = evidence.cells.filter { place.matches($0.cell) }
    let words = Places(mine.map(\.cell), except: .buffers)
    let amounts = mine.compactMap { result -> Amount? in
      guard result.status == .ok,
        let bytes = DerivedSummary.sum(of: metrics, result.trials, per: result.cell.connections)
      else { return nil }
      let name = (words.way(result.cell) + words.numbers(result.cell)).joined(separator: ", ")
      return Amount(name: name.isEmpty ? result.cell.mode.rawValue : name, bytes: bytes)
    }.sorted { $0.bytes.median < $1.bytes.median }
    guard let least = amounts.first else {
      return .nothing(mine.lazy.compactMap(MissingCells.why).first ?? "the run has no cells for it")
    }
    let ties = amounts.dropFirst().filter { !least.isCertainlyLess(than: $0) }
    let rest = amounts.dropFirst().filter { least.isCertainlyLess(than: $0) }
    let figures = rest.map { "\($0.name) \($0.text(isFirst: false))" }
    let others =
      figures.isEmpty ? "" : "; \(Listed.text(figures)) certainly \(figures.count == 1 ? "takes" : "take") more"
    let rows = amounts.map {
      AnswerRow(
        what: $0.name, figure: Amount.text($0.bytes.median),
        interval: $0.bytes.ci95.map { Listed.range($0, Amount.text) } ?? "",
        word: $0.name == least.name ? "least" : least.isCertainlyLess(than: $0) ? "certainly more" : "can't be told")
    }
    guard ties.isEmpty else {
      let names = Listed.text(([least] + ties).map(\.name))
      return Finding(
        sentence: "Can't be told whether \(names) takes least: \(least.text(isFirst: true)) a connection and "
          + "\(Listed.text(ties.map { $0.text(isFirst: false) })) lie too close\(Self.remedy(amounts))\(others).",
        isTold: false, rows: rows)
    }
    return Finding(
      sentence: "\(Advice.filled(advice.same, least.name)): \(least.text(isFirst: true)) a connection\(others).",
      isTold: true,
      rows: rows)
  }

  private static func remedy(_ amounts: [Amount]) -> String {
    amounts.contains { $0.bytes.ci95 == nil } ? ", and an interval takes at least 6 trials (--trials 6)" : ""
  }
}

/// Bytes of a connection, by one way of receiving.
private struct Amount: Sendable {
  var name: String
  var bytes: MetricSummary

  /// Whether the 95 % intervals lie apart.
  func isCertainlyLess(than other: Amount) -> Bool {
    guard let mine = bytes.ci95, let theirs = other.bytes.ci95 else { return false }
    return mine[1] < theirs[0]
  }

  func text(isFirst: Bool) -> String {
    let interval = bytes.ci95.map { Listed.range($0, Self.text) }
    return Self.text(bytes.median) + (interval.map { " (\(isFirst ? "95 % interval " : "")\($0))" } ?? "")
  }

  static func text(_ bytes: Double) -> String {
    abs(bytes) < 1024 ? "\(Percents.quantity(bytes)) bytes" : "\(Percents.quantity(bytes / 1024)) KiB"
  }
}
