import Base
package import Documents
import FoundationEssentials

/// A folder with the two runs of a comparison, `baseline/` and `new/`.
package enum ComparisonFolder {
  /// Compares the two runs, and writes `comparison.json`, `.txt`, `.md`, `.xml` (JUnit) and `report.html` beside them.
  ///
  /// - Parameters:
  ///   - baseline: the baseline, where it lies elsewhere.
  ///   - new: the new run, where it lies elsewhere.
  ///   - threshold: percent; nil for the default.
  /// - Returns: the comparison, and its text with the path of the document.
  package static func compare(
    _ folder: String, baseline: String? = nil, new: String? = nil, threshold: Double?
  ) async throws -> (RunComparison, text: String) {
    var request = ComparisonRequest(runs: [baseline ?? folder + "/baseline", new ?? folder + "/new"])
    request.threshold = threshold
    let comparison = try await request.comparison()
    let text = ComparisonTable(comparison).text
    try Files.write(try ResultsJSON.document(comparison), to: folder + "/comparison.json")
    try Files.write(text.utf8, to: folder + "/comparison.txt")
    try Files.write(try ComparisonFormat.markdown.output(comparison).utf8, to: folder + "/comparison.md")
    try Files.write(try ComparisonFormat.junit.output(comparison).utf8, to: folder + "/comparison.xml")
    try Files.write(try ComparisonFormat.html.output(comparison).utf8, to: folder + "/report.html")
    return (comparison, text + "\(folder)/comparison.json\n\(folder)/report.html\n")
  }
}
