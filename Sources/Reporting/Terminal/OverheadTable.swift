import Base
import Documents
import Statistics
import Vocabulary

/// The Swift loop beside the reference loop in both of its forms: the median of the ratios of trials that ran in the same
/// block.
struct OverheadTable: Sendable {
  let pairs: [(swift: CellResult, reference: CellResult, tight: CellResult?)]
  private let varying: VaryingAxes
  private let unit: String
  private let metric: Metric

  /// Nil for a run that has no cell in both implementations.
  init?(_ document: ResultsDocument) {
    func cells(_ implementation: Implementation) -> [Cell: CellResult] {
      Dictionary(
        document.cells.filter { $0.cell.implementation == implementation }.map { (Self.key($0.cell), $0) }
      ) { first, _ in first }
    }
    let (references, tight) = (cells(.reference), cells(.tight))
    pairs = document.cells.filter { $0.cell.implementation == .swift }.compactMap { result in
      let key = Self.key(result.cell)
      return references[key].map { (result, $0, tight[key]) }
    }
    varying = VaryingAxes(document.cells.map(\.cell))
    unit = document.host.clockWord
    metric = document.host.countsInstructions ? .instructionsPerOperation : .nsPerOperation
    guard !pairs.isEmpty else { return nil }
  }

  var text: String {
    let words = ["transport", "mode", "operation", "pattern"] + varying.titles
    var numbers = ["Swift \(unit)/operation", "C \(unit)/operation", "Swift/C", "95 % interval", "pairs"]
    if hasTight { numbers += ["tight C", "Swift/tight C"] }
    return TerminalTable(
      titles: words.map(TerminalTable.Title.word) + numbers.map(TerminalTable.Title.number) + [.word("remarks")],
      rows: pairs.map(row)
    ).text
  }

  private var hasTight: Bool { pairs.contains { $0.tight != nil } }

  private func row(_ pair: (swift: CellResult, reference: CellResult, tight: CellResult?)) -> [String] {
    let cell = pair.swift.cell
    let words =
      [cell.transport.rawValue, cell.mode.rawValue, cell.operation.rawValue, cell.pattern.rawValue]
      + varying.values(cell)
    let ratio = PairedRatio.summary(of: metric, pair.swift.trials, to: pair.reference.trials)
    let interval = ratio?.ci95.map { "[" + $0.map { Decimals.text($0, 3) }.joined(separator: ", ") + "]" }
    var numbers = [
      pair.swift.medianText, pair.reference.medianText, ratio.map { Decimals.text($0.median, 3) } ?? "",
      interval ?? "", "\(ratio?.trials ?? 0)",
    ]
    if hasTight {
      let ratio = pair.tight.flatMap { PairedRatio.summary(of: metric, pair.swift.trials, to: $0.trials) }
      numbers += [pair.tight?.medianText ?? "", ratio.map { Decimals.text($0.median, 3) } ?? ""]
    }
    let reasons = [pair.swift, pair.reference, pair.tight].compactMap { $0 }.compactMap { result in
      result.reason.map {
        "\(result.cell.implementation.rawValue) \(result.status.rawValue): \($0.stage.rawValue): \($0.errno ?? $0.message)"
      }
    }
    return words + numbers + [reasons.joined(separator: "; ")]
  }

  /// What the cells of a pair have in common.
  private static func key(_ cell: Cell) -> Cell {
    var key = cell
    key.implementation = .swift
    return key
  }
}
