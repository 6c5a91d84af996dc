package import Base
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
    try writePage(comparison, in: folder)
    return (comparison, text + "\(folder)/comparison.json\n\(folder)/report.html\n")
  }

  /// Writes `report.html`, with the explanations that lie in the folder and are of the comparison.
  package static func writePage(_ comparison: RunComparison, in folder: String) throws(RingbenchError) {
    let explanations = try ExplanationFolder.read(folder).filter { $0.explanation.isOf(comparison) }
    try Files.write(ComparisonPage(comparison, explanations: explanations).text.utf8, to: folder + "/report.html")
  }
}

extension Explanation {
  /// Whether both sides are those of a cell of the comparison: a folder may have explanations from before.
  fileprivate func isOf(_ comparison: RunComparison) -> Bool {
    guard sides.count == 2, sides[0].kernelRelease == comparison.baseline.kernelRelease,
      sides[1].kernelRelease == comparison.new.kernelRelease
    else { return false }
    return comparison.cells.contains { $0.baselineCell == sides[0].cell && $0.cell == sides[1].cell }
  }
}
