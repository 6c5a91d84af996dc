package import Documents
import Vocabulary

/// `report.html`: one file that asks nothing of the network, with the answer first and every number behind it.
package struct HTMLPage: Sendable {
  private let document: ResultsDocument

  package init(_ document: ResultsDocument) { self.document = document }

  package var text: String {
    let usual = UsualValues(document.cells.map(\.cell))
    let blocks = PageBlocks(document, usual: usual)
    let title = "ringbench: \(document.suite) on Linux \(document.host.kernelRelease)"
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(HTMLText.escaped(title))</title>
      <style>
      \(PageStyle.text)</style>
      </head>
      <body>
      <a class="skip" href="#matrix">To the matrix</a>
      <main>
      <h1>\(HTMLText.escaped(title))</h1>
      \(PageVerdict(document, usual: usual).text)\(PageMatrix(document, usual: usual, blocks: blocks).text)\
      \(blocks.text)\(PageMissing(document).text)\(PageProvenance(document).text)</main>
      </body>
      </html>

      """
  }
}
