import Base
import Documents
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
    let exact = host.deterministic ? " assume=exact" : ""
    return settings.map { "\($0): \(FormatText.line($1))\n" }.joined()
      + Self.counters.map { "Unit \($0.1) better=lower\($0.0 == .instructionsPerOperation ? exact : "")\n" }.joined()
      + document.cells.map(lines).joined()
  }

  private func lines(_ result: CellResult) -> String {
    guard let metric = result.costMetric else { return "" }
    let cell = result.cell
    let pattern = cell.pattern.rawValue
    let name = "Benchmark\(pattern.prefix(1).uppercased())\(pattern.dropFirst())/\(FormatText.axes(cell))"
    return result.counted(result.trials).map { trial -> String in
      var fields: [String] = []
      if metric != .instructionsPerOperation, let cost = trial[metric] {
        fields.append("\(FormatText.number(cost)) ns/op")
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
      case .failed: "not ok \(name)\n# \(FormatText.description(why))\n"
      }
    }
    return "KTAP version 1\n1..\(lines.count)\n" + lines.joined()
  }
}

/// Texts and numbers in formats that have a line for each fact.
enum FormatText {
  /// The shortest digits that give the number again.
  static func number(_ value: Double) -> String { Decimals.shortest(value, upTo: 6) }

  /// On one line, without control characters.
  static func line(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) })
  }

  /// On one line, and without the sign that begins a directive.
  static func description(_ text: String) -> String { line(text).replacing("#", with: "?") }

  /// Letters, digits and a few signs, for keys without blanks and colons.
  static func key(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_=/.".contains($0)) ? $0 : "_" })
  }

  /// The cell's identifier as `axis=value` pairs.
  static func axes(_ cell: Cell) -> String {
    let names = ["transport", "mode", "operation"]
    let parts = cell.id.split(separator: "/").enumerated().compactMap { index, part -> String? in
      if index < names.count { return "\(names[index])=\(part)" }
      return part.contains("=") ? String(part) : nil
    }
    let implementation = cell.implementation == .swift ? [] : ["implementation=\(cell.implementation.rawValue)"]
    return key((parts + implementation).joined(separator: "/"))
  }
}
