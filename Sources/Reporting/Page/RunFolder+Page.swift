package import Base
package import Documents
import FoundationEssentials

extension RunFolder {
  package var pagePath: String { path + "/report.html" }

  /// Writes `report.html` beside the results.
  package func writePage(_ document: ResultsDocument) throws(RingbenchError) {
    try write(Data(RunPage(document, explanation: try explanation()).text.utf8), to: pagePath)
  }
}
