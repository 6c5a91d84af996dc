package import Documents
import Vocabulary

/// What a run prints on standard output when it is done.
package struct RunReport: Sendable {
  let document: ResultsDocument
  let folder: RunFolder

  package init(_ document: ResultsDocument, in folder: RunFolder) {
    self.document = document
    self.folder = folder
  }

  package var text: String {
    var sections: [String] = []
    if let overhead = OverheadTable(document) {
      sections.append(overhead.text)
    } else {
      sections.append(ResultsTable(document).text)
      sections.append(Findings(document).lines.map { $0 + "\n" }.joined())
      if let floor = document.floor { sections.append(FloorTable(floor: floor).text) }
    }
    if let note = extensionNote { sections.append(note) }
    sections.append("\(folder.resultsPath)\n\(folder.csvPath)\n")
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Says that results of kernel-managed buffers are not of an upstream kernel.
  private var extensionNote: String? {
    guard let name = document.host.kernelManagedExtension,
      document.cells.contains(where: { $0.cell.mode.isKernelManaged && $0.status == .ok })
    else { return nil }
    return "kmbuf: results of a kernel with an extension, not of an upstream kernel: \(name)\n"
  }
}
