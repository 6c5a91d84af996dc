import ArgumentParser
import Arguments
import Base
import Documents
import Reporting
import Vocabulary

/// `ringbench merge`.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins the parts of one deterministic run that 'vm run --shard' made.",
    discussion: """
      Parts of different kernels, guests, versions of QEMU, suites or seeds are refused, and so are missing parts. The \
      order in which the parts are named does not matter.

      Exit status: 0 done, 2 bad usage or input, 3 a cell failed.
      """)

  @Argument(help: .init("The folder of each part, or its results.json.", valueName: "results"), completion: .run)
  var results: [String]

  @Option(help: .init("An empty or new folder.", valueName: "dir"), completion: .directory)
  var output: String

  mutating func run() async throws {
    var parts: [(path: String, document: ResultsDocument)] = []
    for path in results { parts.append((path, try ResultsDocument.read(path))) }
    let document = try ResultsDocument.merged(parts)
    let claim = try ClaimedFolder(output: output, orNew: output)
    defer { claim.keep() }
    let folder = claim.folder
    try document.write(to: folder)
    try folder.writePage(document)
    print(RunReport(document, in: folder).text, terminator: "")
    if document.cells.contains(where: { $0.status == .failed }) { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}
