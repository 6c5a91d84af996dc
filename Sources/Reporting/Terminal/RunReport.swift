package import Documents
import Vocabulary

/// What a run prints on standard output when it is done.
package struct RunReport: Sendable {
  let document: ResultsDocument
  let folder: RunFolder
  private let details: Bool

  /// - Parameter details: every cell in a table, with its interval and remarks, in place of the matrix.
  package init(_ document: ResultsDocument, in folder: RunFolder, details: Bool = false) {
    self.document = document
    self.folder = folder
    self.details = details
  }

  package var text: String {
    var sections: [String] = []
    let answer = AnswerText(document)
    if let answer, !details {
      sections.append(TextLines.wrapped(RunOverview(document).machine) + "\n" + answer.table)
    } else if let overhead = OverheadTable(document) {
      sections.append(overhead.text)
    } else {
      if details {
        sections.append(ResultsTable(document).text)
        sections.append(Findings(document).lines.map { $0 + "\n" }.joined())
      } else {
        sections.append(RunOverview(document).text)
      }
      if let floor = document.floor { sections.append(FloorTable(floor: floor).text) }
    }
    if let note = extensionNote { sections.append(note) }
    if let answer { sections.append(answer.words) }
    sections.append(
      hasMore
        ? "\(folder.pagePath)  results.json  results.csv  (--details prints every cell)\n"
        : "\(folder.pagePath)\n\(folder.resultsPath)\n\(folder.csvPath)\n")
    return FormatText.screen(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  private var hasMore: Bool { !details && OverheadTable(document) == nil }

  /// Says that results of kernel-managed buffers are not of an upstream kernel.
  private var extensionNote: String? {
    guard let name = document.host.kernelManagedExtension,
      document.cells.contains(where: { $0.cell.mode.isKernelManaged && $0.status == .ok })
    else { return nil }
    return "kmbuf: results of a kernel with an extension, not of an upstream kernel: \(name)\n"
  }
}
