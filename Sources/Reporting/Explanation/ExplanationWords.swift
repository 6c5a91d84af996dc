import Base
import Documents

/// What an explanation says in sentences.
struct ExplanationWords: Sendable {
  private let explained: ProfiledExplanation
  private var sides: [Explanation.Side] { explained.explanation.sides }

  init(_ explained: ProfiledExplanation) { self.explained = explained }

  /// Which cell, from what to what, and by how much.
  var answer: String {
    let last = explained.last
    let now = CostText.number(last.instructionsPerOperation)
    guard let change = explained.change else {
      return "One operation takes \(now) instructions on Linux \(last.kernelRelease), in \(last.cell)."
    }
    let was = CostText.number(sides[0].instructionsPerOperation)
    return "One operation takes \(amount(change)): \(places(was, now))."
  }

  /// The answer, and the functions that the most is owed to.
  var summary: String { ([answer] + [leaders].compactMap { $0 }).joined(separator: " ") }

  /// The answer as a heading, with the first words of cells: `tcp pbuf oneshot drain, Linux 6.1 to 6.12: +35.12`.
  var heading: String {
    func name(_ side: Explanation.Side) -> String { side.cell.split(separator: "/").prefix(4).joined(separator: " ") }
    func both(_ texts: [String]) -> String { Set(texts).count == 1 ? texts[0] : texts.joined(separator: " to ") }
    let place = "\(both(sides.map(name))), Linux \(both(sides.map(\.kernelRelease))): "
    guard let change = explained.change else { return place + CostText.number(explained.last.instructionsPerOperation) }
    let percent = CostText.change(change, of: sides[0].instructionsPerOperation)
    return place + CostText.signed(change) + (percent.isEmpty ? "" : " (\(percent))")
  }

  private func amount(_ change: Double) -> String {
    guard change != 0 else { return "as many instructions as before" }
    let percent = CostText.change(change, of: sides[0].instructionsPerOperation)
    let relation = change > 0 ? "more" : "fewer"
    return "\(CostText.number(abs(change))) instructions \(relation)" + (percent.isEmpty ? "" : " (\(percent))")
  }

  /// What the sides share is said once.
  private func places(_ was: String, _ now: String) -> String {
    let (old, new) = (sides[0], sides[1])
    if old.cell == new.cell {
      return "\(was) on Linux \(old.kernelRelease), \(now) on Linux \(new.kernelRelease), in \(new.cell)"
    }
    if old.kernelRelease == new.kernelRelease {
      return "\(was) in \(old.cell), \(now) in \(new.cell), on Linux \(new.kernelRelease)"
    }
    return
      "\(was) in \(old.cell) on Linux \(old.kernelRelease), \(now) in \(new.cell) on Linux \(new.kernelRelease)"
  }

  /// The functions that the most is owed to.
  var leaders: String? {
    let most = 3
    if explained.change != nil {
      let leaders = explained.explanation.differences.prefix(most)
      let names = leaders.map { "\($0.name.clipped(to: 60)) \(CostText.signed($0.delta))" }
      return names.isEmpty ? nil : "The most by \(names.joined(separator: ", "))."
    }
    let names = explained.last.functions.prefix(most).map { function in
      "\(function.name.clipped(to: 60)) \(CostText.share(function.own, of: explained.last.instructionsPerOperation)) %"
    }
    return names.isEmpty ? nil : "The most in \(names.joined(separator: ", "))."
  }

  /// What to know about the figures.
  var remarks: [String] { rounds + [clock, steps, simulated, Self.limits].compactMap { $0 } }

  /// Which rounds of each side are explained.
  var rounds: [String] {
    let names = sides.count == 2 ? ["Old: ", "New: "] : [""]
    return zip(names, sides).map { name, side in (name + Self.rounds(side)).withCapital }
  }

  private static func rounds(_ side: Explanation.Side) -> String {
    let trial = side.trial.map { "trial \($0), whose figure is the median of all trials; " } ?? ""
    guard side.roundsExplained < side.rounds else { return "\(trial)all \(side.rounds) rounds are explained." }
    return "\(trial)\(side.roundsExplained) of \(side.rounds) rounds are explained. "
      + "The others had a timer tick, and the reported figure leaves them out as well."
  }

  private var clock: String? {
    let constants = sides.map { CostText.number($0.constant) }
    guard sides.contains(where: { $0.constant != 0 }) else { return nil }
    let figure = Set(constants).count == 1 ? constants[0] : constants.joined(separator: " and ")
    return
      "\(FunctionName.clock): \(figure) instructions are the clock's own code. The figure has them, no function does."
  }

  private var steps: String? {
    guard explained.further.contains(.stringSteps) else { return nil }
    return "Each step of a string move (rep movs, rep stos) counts as an instruction, whatever it moves. "
      + "Where messages are large, the figure grows with them more than time does."
  }

  private var simulated: String? {
    let columns: Set<CostColumn> = [.dataMisses, .instructionMisses, .lastLevelMisses, .mispredictions]
    guard explained.further.contains(where: columns.contains) else { return nil }
    return "Misses and mispredictions are those of simulated caches and of a simulated predictor."
  }

  private static let limits =
    "A tail call drops its caller from the inclusive figures and from the paths. An inlined function counts as its "
    + "caller. Parts and copies that the compiler makes of a function (.isra, .constprop, .part, .llvm, .cold) are one."
}
