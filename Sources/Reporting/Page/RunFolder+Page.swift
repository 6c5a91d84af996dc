package import Base
package import Documents

extension RunFolder {
  package var pagePath: String { path + "/report.html" }

  /// Writes `report.html` beside the results.
  package func writePage(_ document: ResultsDocument) throws(RingbenchError) {
    try Files.write(HTMLPage(document).text.utf8, to: pagePath)
  }
}
