import Base
import Documents
import Statistics
import TestSupport
import Vocabulary

extension ResultsDocument {
  /// The document as a comparison reads it.
  func samples(_ name: String = "run") throws -> RunSamples {
    let folder = try TemporaryFolder()
    try folder.write(String(decoding: try ResultsJSON.document(self), as: UTF8.self), to: "results.json")
    var samples = try RunSamples.read(folder.path, columns: .compared)
    samples.path = name
    return samples
  }
}

/// Compares two documents.
func compare(
  _ baseline: ResultsDocument, _ new: ResultsDocument, threshold: Double? = nil, floor: NoiseFloor? = nil
) throws -> RunComparison {
  let options = ComparisonOptions(threshold: threshold, floor: floor.map { ("floor", $0) })
  return RunComparison(try baseline.samples("old"), try new.samples("new"), options: options)
}
