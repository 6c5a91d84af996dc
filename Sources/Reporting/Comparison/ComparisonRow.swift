import Base
import Documents
import Vocabulary

/// A ranking metric of a cell in words and numbers for people, the same in every format.
struct ComparisonRow: Sendable {
  var cell: String
  var metric: String
  var baseline = ""
  var new = ""
  var change = ""
  var interval = ""
  var verdict: Verdict
  var remark = ""
  /// Nil where the cell has no numbers on one side.
  var numbers: MetricComparison?

  /// The rows of a comparison, the most important first. Cells without numbers are left out, unless they were lost.
  static func rows(_ comparison: RunComparison) -> [ComparisonRow] {
    let varying = VaryingAxes(comparison.cells.compactMap(\.axes))
    return comparison.cells.flatMap { cell -> [ComparisonRow] in
      let name = name(cell, varying, by: comparison.by)
      guard !cell.ranking.isEmpty else {
        guard cell.verdict != .missing else { return [] }
        return [ComparisonRow(cell: name, metric: "", verdict: cell.verdict, remark: cell.remark ?? "")]
      }
      return cell.ranking.map { ComparisonRow(name, $0.name, $0.metric, comparison) }
    }
  }

  /// `tcp pbuf multishot drain`, followed by the other axes that vary and by what the cell is compared with.
  private static func name(_ cell: CellComparison, _ varying: VaryingAxes, by axis: String?) -> String {
    guard let axes = cell.axes else { return cell.cell }
    let numbers = varying.text(axes)
    let words = [axes.transport.rawValue, axes.mode.rawValue, axes.operation.rawValue, axes.pattern.rawValue]
    let implementation = axes.implementation == .swift ? "" : " \(axes.implementation.rawValue)"
    let name = words.joined(separator: " ") + implementation + (numbers.isEmpty ? "" : " (\(numbers))")
    return axis == nil ? name : "\(name) vs \(difference(cell.baselineCell, from: cell.cell))"
  }

  /// The part of an identifier that the other lacks.
  private static func difference(_ id: String, from other: String) -> String {
    let parts = Set(other.split(separator: "/"))
    return id.split(separator: "/").filter { !parts.contains($0) }.joined(separator: "/")
  }

  private init(_ cell: String, _ name: String, _ metric: MetricComparison, _ comparison: RunComparison) {
    self.init(cell: cell, metric: name, verdict: metric.verdict)
    numbers = metric
    (baseline, new) = (Self.number(metric.baseline), Self.number(metric.new))
    change = metric.percent.map(Self.signed) ?? ""
    interval = metric.interval.map { "[" + $0.map(Self.signed).joined(separator: ", ") + "]" } ?? ""
    remark = Self.remark(metric, comparison)
  }

  private init(cell: String, metric: String, verdict: Verdict, remark: String = "") {
    self.cell = cell
    self.metric = metric
    self.verdict = verdict
    self.remark = remark
  }

  /// Whether the medians say otherwise than the shift: by their direction, or by more than its interval.
  var isAtOddsWithMedians: Bool {
    guard let numbers, let percent = numbers.percent, numbers.baseline != 0 else { return false }
    let medians = (numbers.new / numbers.baseline - 1) * 100
    guard let interval = numbers.interval else { return percent * medians < 0 }
    return medians < interval[0] || medians > interval[1] || (percent * medians < 0 && abs(percent - medians) >= 0.01)
  }

  /// What to know about rows whose medians say otherwise.
  static let shiftNote =
    "change: of pairs of trials, which the machine's drift moves less than the medians beside it; where the two disagree, "
    + "the change decides"

  /// `ns_per_operation 601 to 650, +8.15 % [+7.9, +8.3]: worse`, for every ranking metric.
  static func sentence(_ cell: CellComparison, _ comparison: RunComparison) -> String {
    let parts = cell.ranking.map { name, metric in
      let row = ComparisonRow(cell.cell, name, metric, comparison)
      let change = row.change.isEmpty ? "" : ", \(row.change) %"
      let remark = row.remark.isEmpty ? "" : " (\(row.remark))"
      return "\(row.metric) \(row.baseline) to \(row.new)\(change) \(row.interval): \(row.verdict.rawValue)\(remark)"
    }
    return parts.joined(separator: "; ")
  }

  private static func remark(_ metric: MetricComparison, _ comparison: RunComparison) -> String {
    guard metric.verdict == .undecided else { return "" }
    let things = comparison.design == .turns ? "turns" : comparison.design == .runs ? "runs a side" : "trials"
    if let count = metric.trialsToDecide {
      return metric.interval == nil ? "needs \(count) \(things)" : "about \(count) \(things) would decide"
    }
    switch comparison.design {
    case .exact: return "depends on the allocator's state: needs 7 trials"
    case .sequence: return "the machine may move by \(Decimals.percent(metric.machinePercent)) %: measure in turns"
    default: return "no number of \(things) would decide"
    }
  }

  private static func number(_ value: Double) -> String {
    Decimals.text(value, abs(value) < 100 ? 2 : abs(value) < 10_000 ? 1 : 0)
  }

  /// `+3.1` and `-0.04`.
  private static func signed(_ percent: Double) -> String {
    let text = Decimals.text(percent, abs(percent) < 10 ? 2 : 1)
    return percent > 0 ? "+" + text : text
  }
}

extension RunComparison {
  /// `1 worse, 0 better, 3 undecided, 40 same (within 5 %)`, with the lost cells before them and the missing
  /// behind them if there are any.
  var summary: String {
    let within = " (within \(Decimals.shortest(threshold)) %)"
    let parts = [Verdict.worse, .better, .undecided, .same].map { verdict in
      "\(count(verdict)) \(verdict.rawValue)" + (verdict == .same ? within : "")
    }
    // A mode that neither kernel has is no news.
    let neither = cells.count { $0.verdict == .missing && $0.baselineStatus != .ok && $0.newStatus != .ok }
    let missing = count(.missing) - neither
    let rest =
      (missing > 0 ? ["\(missing) missing"] : [])
      + (neither > 0 ? ["\(neither) work\(neither == 1 ? "s" : "") on neither side"] : [])
    let lost = count(.lost) > 0 ? ["\(count(.lost)) lost"] : []
    return (lost + parts + rest).joined(separator: ", ")
  }

  /// The compared runs, each with its role.
  var sides: [(name: String, text: String)] {
    let runs = by == nil ? [("baseline", baseline), ("new", new)] : [("run", new)]
    return runs.map { name, run in
      (name, "\(run.path): \(run.suite), \(run.started), \(run.kernelRelease) (\(run.kernelVersion))")
    }
  }
}
