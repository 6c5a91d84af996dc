package import Documents
import Vocabulary

/// `report.html` of a run, with the answer first and every number behind it.
package struct RunPage: Sendable {
  private let document: ResultsDocument
  /// What `explain` found, where it was asked.
  private let explanations: [ProfiledExplanation]

  package init(_ document: ResultsDocument, explanations: [ProfiledExplanation] = []) {
    (self.document, self.explanations) = (document, explanations)
  }

  package var text: String {
    let usual = UsualValues(document.cells.map(\.cell))
    let facets = PageFacets(document.cells.map(\.cell))
    let blocks = PageBlocks(document, usual: usual, facets: facets)
    let sections = [
      PageAnswer(document).text, PageVerdict(document, usual: usual).text, facets.text,
      PageMatrix(document, usual: usual, blocks: blocks, facets: facets).text,
      PageLatency(document, usual: usual, facets: facets).text,
      PageSweeps(document, usual: usual, facets: facets).text, PageNodes(document, usual: usual, facets: facets).text,
      PageSetup(document, usual: usual).text,
      PageMissing(document).text, PageExplanation.section(explanations), blocks.text,
      PageProvenance(document).text,
    ]
    return HTMLPage(
      title: "ringbench: \(document.suite) on Linux \(document.host.kernelRelease)",
      style: facets.style + PageExplanation.style(explanations),
      content: sections.joined()
    ).text
  }
}
