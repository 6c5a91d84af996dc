import Base
import Documents
import Planning
import Statistics
import Vocabulary

extension FairStep: AnsweringStep {
  func finding(_ evidence: Evidence) -> Finding {
    let mine = evidence.cells.filter { place.matches($0.cell) }
    let words = Places(mine.map(\.cell))
    let spreads = mine.compactMap { result -> Spread? in
      guard result.status == .ok, let value = DerivedSummary.summary(of: metric, result.trials) else { return nil }
      return Spread(
        place: words.words(result.cell), value: value, wait: DerivedSummary.summary(of: .longestWait, result.trials))
    }
    guard !spreads.isEmpty else {
      return .nothing(mine.lazy.compactMap(MissingCells.why).first ?? "no trial has \(metric.rawValue)")
    }
    let fair = spreads.filter { $0.value.ci95.map { $0[0] >= least } ?? false }
    let unfair = spreads.filter { $0.value.ci95.map { $0[1] < least } ?? false }
    let unsure = spreads.filter { spread in !(fair + unfair).contains { $0.place == spread.place } }
    let parts = [
      fair.isEmpty ? nil : "\(advice.better): \(text(fair, "certainly at least", \.value.median, isLeast: true))",
      unfair.isEmpty
        ? nil
        : "\(fair.isEmpty ? advice.worse : "but \(lowered(advice.worse)) in \(unfair.count) of \(spreads.count) places"): \(text(unfair, "certainly below", \.value.median, isLeast: false))",
      unsure.isEmpty
        ? nil
        : "\(fair.isEmpty && unfair.isEmpty ? "Can't be told" : "can't be told \(Listed.text(unsure.map(\.place), by: "; "))"): \(unsureText(unsure))",
    ].compactMap { $0 }
    return Finding(
      sentence: parts.joined(separator: "; ") + "." + longestWait(spreads), isTold: unsure.isEmpty,
      rows: spreads.map { spread in
        AnswerRow(
          what: "\(metric.words) \(spread.place)", figure: Decimals.shortest(spread.value.median, upTo: 3),
          interval: spread.value.ci95.map { Listed.range($0) { Decimals.shortest($0, upTo: 3) } } ?? "",
          word: fair.contains { $0.place == spread.place }
            ? "fair" : unfair.contains { $0.place == spread.place } ? "unfair" : "can't be told")
      })
  }

  /// The figure of the most telling place.
  private func text(
    _ spreads: [Spread], _ word: String, _ value: (Spread) -> Double, isLeast: Bool
  ) -> String {
    guard let worst = spreads.min(by: { value($0) < value($1) }) else { return "" }
    return "\(metric.words) is \(word) \(Decimals.shortest(least)), at the lowest \(figure(worst)) \(worst.place)"
  }

  private func unsureText(_ spreads: [Spread]) -> String {
    let worst = spreads.min { $0.value.median < $1.value.median }
    let needed =
      spreads.contains { $0.value.ci95 == nil } ? "at least 6 trials are needed (--trials 6)" : "more trials are needed"
    return "\(metric.words) is \(worst.map { "\(figure($0)) \($0.place)" } ?? ""), \(needed)"
  }

  private func figure(_ spread: Spread) -> String {
    let interval = spread.value.ci95.map { Listed.range($0) { Decimals.shortest($0, upTo: 3) } }
    return Decimals.shortest(spread.value.median, upTo: 3) + (interval.map { " (95 % interval \($0))" } ?? "")
  }

  private func longestWait(_ spreads: [Spread]) -> String {
    let waits = spreads.compactMap { spread in spread.wait.map { (spread.place, $0.median) } }
    guard let most = waits.max(by: { $0.1 < $1.1 }) else { return "" }
    return " A connection waits for at most \(Decimals.text(most.1, 0)) messages of others, \(most.0)."
  }

  private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}

private struct Spread: Sendable {
  var place: String
  var value: MetricSummary
  var wait: MetricSummary?
}

extension Metric {
  /// What people call it.
  var words: String { self == .jainIndex ? "Jain's index" : rawValue.replacing("_", with: " ") }
}
