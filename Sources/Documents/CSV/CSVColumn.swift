import Vocabulary

/// One column of `results.csv`: its name in the header and its field in a row.
struct CSVColumn: Sendable {
  /// Where a row comes from.
  struct Row {
    var document: ResultsDocument
    var result: CellResult
    /// Nil for the one row of a cell without trials.
    var trial: Trial?
  }

  var name: String
  var field: @Sendable (Row) -> String

  /// A text of the run or the cell, quoted where it needs to be.
  static func text(_ name: String, _ value: @escaping @Sendable (Row) -> String?) -> CSVColumn {
    CSVColumn(name: name) { CSVField.text(value($0) ?? "") }
  }

  /// A number of the cell; empty where it has none.
  static func number(_ name: String, _ value: @escaping @Sendable (Cell) -> Int?) -> CSVColumn {
    CSVColumn(name: name) { CSVField.optional(value($0.result.cell)) }
  }

  /// A measured number; empty in the row of a cell without trials, and where the trial has none.
  static func measured(_ metric: Metric) -> CSVColumn {
    CSVColumn(name: metric.rawValue) { row in
      guard let measurements = row.trial?.measurements else { return "" }
      return switch metric.kind {
      case .whole: CSVField.optional(measurements.whole(metric))
      case .decimal: CSVField.optional(measurements[metric])
      }
    }
  }
}
