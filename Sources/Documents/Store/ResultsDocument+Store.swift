package import Base
import FoundationEssentials

extension ResultsDocument {
  /// Writes `results.json` and `results.csv` into a run's folder, replacing those of an earlier part of the run.
  package func write(to folder: RunFolder) throws(RingbenchError) {
    let json: Data
    do { json = try ResultsJSON.document(self) } catch {
      throw RingbenchError.failed("the results can't be written as JSON: \(error)")
    }
    try folder.write(json, to: folder.resultsPath)
    try folder.write(Data(csv.utf8), to: folder.csvPath)
  }
}
