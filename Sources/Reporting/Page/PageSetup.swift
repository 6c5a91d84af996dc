import Base
import Documents
import Statistics
import Vocabulary

/// What a mode takes before the first message: time to set up, and memory.
struct PageSetup: Sendable {
  /// The medians of the columns by mode.
  private let medians: [Mode: [Metric: Double]]
  private let usual: UsualValues
  private let unit: String

  init(_ document: ResultsDocument, usual: UsualValues) {
    let measured = document.cells.filter { $0.cell.implementation == .swift && !$0.trials.isEmpty && $0.status == .ok }
    let alike = measured.filter { usual.differences($0.cell).isEmpty }
    medians = Self.medians(alike.isEmpty ? measured : alike)
    self.usual = usual
    unit = document.host.countsInstructions ? "thousand instructions" : "us"
  }

  private static let columns: [(Metric, String, isTime: Bool)] = [
    (.setupRegister, "register", true), (.setupMmap, "map", true), (.setupProvide, "provide", true),
    (.setupUnregister, "take back", true), (.startToFirstOperation, "from start to first message", true),
    (.bufferBytes, "buffers", false), (.ringBytes, "ring", false), (.lockedBytes, "locked", false),
    (.kernelBytes, "in the kernel", false), (.waitingBytes, "by waiting receives", false),
  ]

  var text: String {
    let modes = Mode.allCases.filter { medians[$0] != nil }
    let columns = Self.columns.filter { column in modes.contains { medians[$0]?[column.0] ?? 0 != 0 } }
    guard !modes.isEmpty, !columns.isEmpty else { return "" }
    let rows = modes.map { mode in
      HTMLText.row(
        mode.rawValue,
        columns.map { metric, _, isTime in
          medians[mode]?[metric].map { isTime ? Decimals.text($0 / 1000, 1) : Decimals.text($0 / 1024, 0) } ?? ""
        })
    }
    let titles = ["mode"] + columns.map { "\($0.1), \($0.isTime ? unit : "KiB")" }
    let table = "<table>\n\(HTMLText.head(titles))<tbody>\n\(rows.joined())</tbody>\n</table>"
    let legend =
      "Medians over the trials of all cells with the usual values\(usual.text.isEmpty ? "" : " (\(usual.text))"). "
      + "A mode without a step shows 0. Memory in the kernel is what its slabs grew by, in whole slabs."
    return HTMLText.section(
      "setup", "Memory and set-up", HTMLText.paragraph(legend) + HTMLText.scrolling("Memory and set-up by mode", table))
  }

  private static func medians(_ results: [CellResult]) -> [Mode: [Metric: Double]] {
    var values: [Mode: [Metric: [Double]]] = [:]
    for result in results {
      for (metric, _, _) in columns {
        values[result.cell.mode, default: [:]][metric, default: []] += result.trials.compactMap { $0[metric] }
      }
    }
    return values.mapValues { $0.compactMapValues(Median.of) }
  }
}
