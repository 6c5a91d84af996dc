import Base
import Documents
import Vocabulary

/// A comparison in the kernel's test protocol: a test for each cell.
struct ComparisonKTAP: Sendable {
  let comparison: RunComparison

  var text: String {
    let lines = comparison.cells.enumerated().map { index, cell in
      let name = "\(index + 1) \(FormatText.description(cell.cell))"
      let why = FormatText.description(cell.remark ?? ComparisonRow.sentence(cell, comparison))
      return switch cell.verdict {
      case .same, .better: "ok \(name)\n"
      case .undecided, .missing: "ok \(name) # SKIP \(cell.verdict.rawValue): \(why)\n"
      // A parser gives a diagnostic line to the result that follows it.
      case .worse, .lost: "# \(cell.verdict.rawValue): \(why)\nnot ok \(name)\n"
      }
    }
    return "KTAP version 1\n1..\(lines.count)\n" + lines.joined()
  }
}

/// A comparison as the kernel test robot's mails show one: old, change and new, and the key of the metric. Deviations are
/// left out, as there too where they are small.
struct ComparisonLKP: Sendable {
  let comparison: RunComparison

  var text: String {
    let rows = comparison.cells.flatMap { cell in
      cell.ranking.map { name, metric -> String in
        let change = metric.percent.map { Self.signed($0) + "%" } ?? "n/a"
        let key = "ringbench.\(FormatText.key(cell.cell)).\(name)"
        return Self.padded(FormatText.number(metric.baseline), 16) + Self.padded(change, 12)
          + Self.padded(FormatText.number(metric.new), 16) + "        \(key)\n"
      }
    }
    let kernels =
      "\(FormatText.line(comparison.baseline.kernelRelease)) -> \(FormatText.line(comparison.new.kernelRelease))\n"
    let titles = Self.padded("baseline", 16) + Self.padded("%change", 12) + Self.padded("new", 16) + "\n"
    return kernels + titles + "---------------- ----------- ---------------\n" + rows.joined()
  }

  private static func signed(_ percent: Double) -> String { (percent < 0 ? "" : "+") + Decimals.text(percent, 1) }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
