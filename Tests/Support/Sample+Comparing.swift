package import Documents
package import Vocabulary

extension Sample {
  /// A measured cell, with one trial for each time.
  package static func result(_ cell: Cell, _ ns: [Double], instructions: Double? = nil) -> CellResult {
    var trials = trials(ns)
    for index in trials.indices { trials[index].outcome.measurements?[.instructionsPerOperation] = instructions }
    return CellResult(cell: cell, status: .ok, trials: trials)
  }

  /// Eleven times close to `ns`, within half a percent.
  package static func around(_ ns: Double) -> [Double] {
    [-5, 3, -1, 4, 0, 2, -4, 1, -2, 5, -3].map { ns * (1 + $0 / 1000) }
  }

  package static func deterministic(_ cells: [CellResult]) -> ResultsDocument {
    var document = document(cells)
    document.host.deterministic = true
    return document
  }
}
