extension ResultsDocument {
  /// `results.csv`: RFC 4180 with a header and one row per trial. A cell without trials has one row, with its reason.
  package var csv: String {
    var lines = [CSVColumn.all.map(\.name).joined(separator: ",")]
    for result in cells {
      let trials: [Trial?] = result.trials.isEmpty ? [nil] : result.trials
      for trial in trials {
        let row = CSVColumn.Row(document: self, result: result, trial: trial)
        lines.append(CSVColumn.all.map { $0.field(row) }.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }
}
