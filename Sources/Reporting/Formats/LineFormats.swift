import Documents
import Statistics
import Vocabulary

/// The format of Go's benchmarks, which benchstat reads: settings, units, and a line for each trial that counts.
struct BenchstatFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  private static let counters: [(Metric, String)] = [
    (.instructionsPerOperation, "instructions/op"), (.entersPerOperation, "enters/op"), (.sqesPerOperation, "sqes/op"),
    (.cqesPerOperation, "cqes/op"),
  ]

  var text: String {
    let host = document.host
    let settings = [
      ("suite", document.suite), ("kernel", host.kernelRelease), ("cpu", host.cpuModel),
      ("commit", document.tool.commit ?? "unknown"),
    ]
    let exact = isExact ? " assume=exact" : ""
    return settings.map { "\($0): \(FormatText.line($1))\n" }.joined()
      + Self.counters.map { "Unit \($0.1) better=lower\($0.0 == .instructionsPerOperation ? exact : "")\n" }.joined()
      + document.cells.map(lines).joined()
  }

  /// Whether all trials of each cell agree. Those of several states of the kernel's allocators do not, and benchstat would
  /// warn of every cell.
  private var isExact: Bool {
    document.host.deterministic
      && document.cells.allSatisfy { Set($0.trials.compactMap { $0[.instructionsPerOperation] }).count <= 1 }
  }

  /// Not `instructions/op` where the clock counts these: a line has each unit once.
  private var costUnit: String { document.host.countsInstructions ? "cost-instructions/op" : "ns/op" }

  private func lines(_ result: CellResult) -> String {
    guard let metric = result.costMetric else { return "" }
    let cell = result.cell
    let pattern = cell.pattern.rawValue
    let name = "Benchmark\(pattern.prefix(1).uppercased())\(pattern.dropFirst())/\(FormatText.axes(cell))"
    return TrialSummary.counted(result.trials).map { trial -> String in
      var fields: [String] = []
      if metric != .instructionsPerOperation, let cost = trial[metric] {
        fields.append("\(FormatText.number(cost)) \(costUnit)")
      }
      for (metric, unit) in Self.counters { trial[metric].map { fields.append("\(FormatText.number($0)) \(unit)") } }
      return fields.isEmpty ? "" : "\(name) \(Int(trial[.operations] ?? 1)) \(fields.joined(separator: " "))\n"
    }.joined()
  }
}

/// For LKP: a key for each cell and metric, and its median.
struct LKPFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    document.cells.flatMap { result in
      Metric.allCases.compactMap { metric in
        result.median(metric).map {
          "ringbench.\(FormatText.key(result.cell.id)).\(metric.rawValue): \(FormatText.number($0))\n"
        }
      }
    }.joined()
  }
}

/// The kernel's test protocol: a test for each cell.
struct KTAPFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    let lines = document.cells.enumerated().map { index, result in
      let name = "\(index + 1) \(FormatText.description(result.cell.id))"
      let why = result.reason.map { "\($0.stage.rawValue): \($0.message)" } ?? ""
      return switch result.status {
      case .ok: "ok \(name)\n"
      case .unsupported: "ok \(name) # SKIP \(FormatText.description(why))\n"
      // A parser gives a diagnostic line to the result that follows it.
      case .failed: "# \(FormatText.description(why))\nnot ok \(name)\n"
      }
    }
    return "KTAP version 1\n1..\(lines.count)\n" + lines.joined()
  }
}
