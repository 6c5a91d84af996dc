package import Base
import Documents
import Vocabulary

/// Several runs in the order in which they were named, such as one for each kernel or commit.
package struct RunSeries: Sendable {
  /// A cell in all runs; nil where a run lacks it or has no numbers for it.
  struct Line: Sendable {
    var cell: Cell
    var results: [CellResult?]

    /// The first and the last run of the series, where both have numbers for the cell.
    private var ends: (first: CellResult, last: CellResult)? {
      guard results.count > 1, case let first?? = results.first, case let last?? = results.last else { return nil }
      return (first, last)
    }

    /// By how many percent the last run is dearer than the first; nil where either lacks the cell.
    var change: Double? {
      guard let first = ends?.first.median, let last = ends?.last.median, first > 0 else { return nil }
      return (last / first - 1) * 100
    }

    /// Whether both ends have an interval. Counted instructions need none.
    var isSure: Bool {
      guard let (first, last) = ends else { return false }
      return first.costMetric == .instructionsPerOperation || (first.interval != nil && last.interval != nil)
    }

    /// Whether the intervals of the first and the last run lie apart.
    var isToldApart: Bool {
      guard let (first, last) = ends, isSure else { return false }
      return first.isToldApart(from: last)
    }
  }

  let runs: [StoredRun]
  /// A name for each run: its label, its kernel, or its folder where kernels repeat.
  let names: [String]
  let lines: [Line]

  /// - Throws: `badInput` when some runs count instructions and others measure time.
  package init(_ runs: [StoredRun]) throws(RingbenchError) {
    if let first = runs.first {
      for run in runs where run.document.host.countsInstructions != first.document.host.countsInstructions {
        throw RingbenchError.badInput(
          "\(run.folder.path): one of it and \(first.folder.path) counts an emulator's instructions, and the other "
            + "measures time: runs of one kind are needed")
      }
    }
    self.runs = runs
    names = Self.names(runs)
    lines = Self.lines(runs)
  }

  private static func names(_ runs: [StoredRun]) -> [String] {
    let labels = runs.map { $0.document.label ?? $0.document.host.kernelRelease }
    guard Set(labels).count < labels.count else {
      return runs.contains { $0.document.label != nil } ? labels : withoutCommonEnd(labels)
    }
    let folders = runs.map { Paths.name(of: $0.folder.path) }
    return runs.indices.map { index in
      if labels.count(where: { $0 == labels[index] }) == 1 { return labels[index] }
      return folders.count { $0 == folders[index] } == 1 ? folders[index] : runs[index].folder.path
    }
  }

  /// `6.1.0-50` and `6.12.117+deb13` of two kernels that both end in `-cloud-amd64`.
  private static func withoutCommonEnd(_ labels: [String]) -> [String] {
    let parts = labels.map { $0.split(separator: "-", omittingEmptySubsequences: false) }
    var count = 0
    while parts.allSatisfy({ $0.count > count + 1 }), Set(parts.map { $0[$0.count - 1 - count] }).count == 1 {
      count += 1
    }
    return labels.count < 2 ? labels : parts.map { $0.dropLast(count).joined(separator: "-") }
  }

  private static func lines(_ runs: [StoredRun]) -> [Line] {
    var order: [Cell] = []
    var known: [Cell: [CellResult?]] = [:]
    for (index, run) in runs.enumerated() {
      for result in run.document.cells where result.cell.implementation == .swift && result.cost != nil {
        if known[result.cell] == nil {
          order.append(result.cell)
          known[result.cell] = Array(repeating: nil, count: runs.count)
        }
        known[result.cell]?[index] = result
      }
    }
    return order.map { Line(cell: $0, results: known[$0] ?? []) }
  }

  /// The unit of all costs.
  var unit: String { runs.first?.document.host.clockWord ?? "ns" }

  /// What changed between the first and the last run, in one sentence.
  var answer: String {
    let changes = lines.filter(\.isToldApart).compactMap { line in line.change.map { (line, $0) } }
    let (first, last) = (names.first ?? "", names.last ?? "")
    guard let worst = changes.max(by: { $0.1 < $1.1 }), let best = changes.min(by: { $0.1 < $1.1 }) else {
      return "From \(first) to \(last) no cell's cost can be told apart."
    }
    let dearer = changes.count { $0.1 > 0 }
    let compared = lines.count { $0.change != nil }
    let parts = [
      worst.1 > 0 ? "the dearest by \(Self.signed(worst.1)) % (\(Self.name(worst.0.cell)))" : nil,
      best.1 < 0 ? "the cheapest by \(Self.signed(best.1)) % (\(Self.name(best.0.cell)))" : nil,
    ].compactMap { $0 }
    return
      "From \(first) to \(last) \(dearer) of \(compared) cells got dearer and \(changes.count - dearer) cheaper, "
      + parts.joined(separator: " and ") + "."
  }

  static func name(_ cell: Cell) -> String {
    "\(cell.transport.rawValue) \(cell.mode.rawValue) \(cell.operation.rawValue) \(cell.pattern.rawValue)"
  }

  static func signed(_ percent: Double) -> String { (percent > 0 ? "+" : "") + Decimals.percent(percent) }

  /// The series in a format.
  ///
  /// - Throws: `badInput` for formats that hold a single run.
  package func output(_ format: ReportFormat) throws(RingbenchError) -> String {
    switch format {
    case .text: SeriesText(series: self).text
    case .html: SeriesPage(series: self).text
    case .markdown: SeriesMarkdown(series: self).text
    case .csv: SeriesCSV(series: self).text
    default:
      throw RingbenchError.badInput(
        "--format \(format.rawValue): holds one run, not \(runs.count): text, html, markdown or csv is needed")
    }
  }
}
