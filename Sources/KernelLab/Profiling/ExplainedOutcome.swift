import Base
import Documents
import Reporting
import Vocabulary

/// The explanations that came of pairs, and why others did not.
struct ExplainedOutcome: Sendable {
  /// The profiles of each pair that could be explained, in the order of the pairs.
  var explained: [[CallProfile]] = []
  /// A line for each pair that could not.
  var missing: [String] = []
  /// The first guest that died or profile that didn't add up.
  private(set) var failure: RingbenchError?
  private var hasFailure = false

  /// - Parameter leftOut: what was not tried, a line each.
  init(
    _ pairs: [ExplainedPair], _ results: [ExplainedPair.Side: CellProfiler.Result], _ profilers: [CellProfiler],
    leftOut: [String] = []
  ) {
    for pair in pairs {
      var profiles: [CallProfile] = []
      for side in pair.sides {
        let profiler = profilers[side.kernel]
        switch results[side] {
        case .profile(let profile): profiles.append(profile)
        case .reason(let reason, let isFailure):
          let cell = profiler.plan.cells[side.place].cell.id
          missing.append(
            "\(profiler.machine.kernel.name): \(cell): not explained: \(reason.stage.rawValue): \(reason.message)")
          hasFailure = hasFailure || isFailure
        case .failed(let error):
          missing.append("not explained: \(error.message)")
          failure = failure ?? error
          hasFailure = true
        case nil: break
        }
      }
      if profiles.count == pair.sides.count { explained.append(profiles) }
    }
    missing += leftOut
    missing = missing.enumerated().filter { !missing[..<$0.offset].contains($0.element) }.map(\.element)
  }

  /// Puts the largest relative difference first.
  mutating func sort() {
    // Pairs that differ equally stay in the order of the plan.
    explained = explained.enumerated().sorted {
      (-Self.change($0.element), $0.offset) < (-Self.change($1.element), $1.offset)
    }
    .map(\.element)
  }

  /// By how much the new side costs more, as a part of the baseline; 0 for one side.
  private static func change(_ profiles: [CallProfile]) -> Double {
    guard profiles.count == 2 else { return 0 }
    return abs(profiles[1].instructionsPerOperation / profiles[0].instructionsPerOperation - 1)
  }

  var status: ExitStatus {
    if hasFailure { return .failed }
    return explained.isEmpty ? .cannotRun : .done
  }
}

extension ExplainedOutcome {
  /// Writes the explanations.
  ///
  /// - Returns: the text for people.
  func write(to folder: String) throws -> String { try written(to: folder).text }

  /// Writes the explanations, and `report.html` for all of them.
  ///
  /// - Parameter command: the command line, for the page.
  /// - Returns: the text for people, with the paths of the files.
  func write(to folder: String, command: [String]) throws -> String {
    let (explanations, text) = try written(to: folder)
    guard !explanations.isEmpty else { return text }
    try Files.write(ExplanationPage(explanations, command: command).text.utf8, to: folder + "/report.html")
    return text + "\n\(folder)/explanation.json\n\(folder)/report.html\n"
  }

  private func written(to folder: String) throws -> ([ProfiledExplanation], text: String) {
    var explanations: [ProfiledExplanation] = []
    for profiles in explained {
      explanations.append(try ExplanationFolder.write(sides: profiles, into: folder, number: explanations.count + 1))
    }
    var parts = explanations.enumerated().map { number, explanation in
      ExplanationTable(explanation, explainsTerms: number == explanations.count - 1).text
    }
    if !missing.isEmpty { parts.append(missing.map { $0 + "\n" }.joined()) }
    return (explanations, parts.joined(separator: "\n"))
  }
}

extension RunComparison {
  /// The cells whose instructions differ most: first those that got worse, then those that got better, at most so many.
  func mostChanged(_ count: Int) -> [CellComparison] {
    func change(_ cell: CellComparison) -> Double {
      guard cell.baselineStatus == .ok, cell.newStatus == .ok, cell.axes?.implementation == .swift,
        let metric = cell.metrics[Metric.instructionsPerOperation.rawValue], metric.baseline > 0
      else { return 0 }
      return metric.new / metric.baseline - 1
    }
    let changes = cells.map { (cell: $0, change: change($0)) }.filter { $0.change != 0 }
    let worse = changes.filter { $0.change > 0 }.sorted { ($1.change, $0.cell.cell) < ($0.change, $1.cell.cell) }
    let better = changes.filter { $0.change < 0 }.sorted { ($0.change, $0.cell.cell) < ($1.change, $1.cell.cell) }
    return (worse + better).prefix(count).map(\.cell)
  }
}
