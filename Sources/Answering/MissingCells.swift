import Base
import Documents
import Planning
import Vocabulary

/// The cells of a run that have no numbers: why, and how to see a failure again.
struct MissingCells: Sendable {
  private let unsupported: [CellResult]
  private let failed: [CellResult]
  private let suite: String

  init(_ cells: [CellResult], suite: String) {
    // What no kernel could do says nothing about this one.
    unsupported = cells.filter { $0.status == .unsupported }
    failed = cells.filter { $0.status == .failed }
    self.suite = suite
  }

  /// One for each reason.
  var sentences: [String] {
    var order: [String] = []
    var groups: [String: [CellResult]] = [:]
    for result in unsupported {
      guard let why = Self.why(result) else { continue }
      if groups[why] == nil { order.append(why) }
      groups[why, default: []].append(result)
    }
    let texts = order.map { why -> String in
      let results = groups[why] ?? []
      let cells = results.count == 1 ? "1 cell has" : "\(results.count) cells have"
      return "\(cells) no numbers, such as \(Self.name(results[0].cell)): \(why)."
    }
    guard !failed.isEmpty else { return texts }
    return texts + [
      "\(failed.count == 1 ? "1 cell" : "\(failed.count) cells") failed: \(failed.compactMap(Self.why).first ?? "")."
    ]
  }

  /// One for each failed cell.
  var reproducers: [String] { failed.map { Self.reproducer($0.cell, suite: suite) } }

  /// Why a cell has no numbers; nil where it has.
  static func why(_ result: CellResult) -> String? {
    guard result.status != .ok, let reason = result.reason else { return nil }
    let message = reason.message.hasSuffix(".") ? String(reason.message.dropLast()) : reason.message
    let code = reason.errno.map { message.contains($0) ? "" : "\($0), " } ?? ""
    switch (result.status, reason.stage) {
    case (.failed, _): return "\(reason.stage.rawValue): \(code)\(message)"
    case (_, .register), (_, .mmap), (_, .provide):
      return "this kernel does not offer it (\(reason.stage.rawValue): \(code)\(message))"
    default: return "it is not possible here (\(code)\(message))"
    }
  }

  /// A cell in a few words: what is usual is left out.
  static func name(_ cell: Cell) -> String {
    let numbers = NumberAxis.allCases.compactMap { axis -> String? in
      guard let value = cell[axis], value != axis.defaultValue else { return nil }
      return axis.phrase(value)
    }
    return ([cell.mode.rawValue + " " + cell.operation.rawValue + " over " + cell.transport.rawValue] + numbers)
      .joined(separator: ", ")
  }

  /// The command line that measures this cell alone.
  static func reproducer(_ cell: Cell, suite: String) -> String {
    var words = ["ringbench", "run", "--suite", suite]
    words += ["--transport", cell.transport.rawValue, "--mode", cell.mode.rawValue]
    words += ["--operation", cell.operation.rawValue, "--pattern", cell.pattern.rawValue]
    for axis in NumberAxis.allCases {
      guard let value = cell[axis] else { continue }
      if axis.isAlwaysWritten || value != axis.defaultValue { words += [axis.option, axis.word(value)] }
    }
    if cell.cpuNode != cell.memoryNode {
      words += ["--placement", "remote"]
    } else if cell.cpuNode != 0 {
      words += ["--nodes", "\(cell.cpuNode)"]
    }
    return ShellWords.joined(words)
  }
}
