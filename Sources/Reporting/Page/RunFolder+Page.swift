package import Base
package import Documents
import FoundationEssentials

extension RunFolder {
  package var pagePath: String { path + "/report.html" }

  /// Writes `report.html` beside the results.
  package func writePage(_ document: ResultsDocument) throws(RingbenchError) {
    try write(Data(RunPage(document, explanations: try ExplanationFolder.read(path)).text.utf8), to: pagePath)
  }
}
