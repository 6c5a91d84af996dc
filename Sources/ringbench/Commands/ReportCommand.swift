import ArgumentParser
import Arguments
import Base
import Documents
import FoundationEssentials
import Reporting

/// `ringbench report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Shows a finished run again: on the terminal, as a page, or in a format that other tools read.",
    discussion: """
      Name the run by its folder or its results.json. html writes report.html into the run's folder unless --output \
      names another file; all others go to standard output.

      Exit status: 0 done, 2 bad usage or input.
      """)

  @Argument(help: .init("The folder of a run, or its results.json.", valueName: "run"), completion: .run)
  var path: String

  @Option(
    help: .init("\(ReportFormat.list). (default: text)", valueName: "format"),
    completion: .cases(of: ReportFormat.self), transform: format)
  var format = ReportFormat.text

  @Flag(help: "With text: prints every cell with its interval and remarks, not the matrix.")
  var details = false

  @Option(help: .init("Writes to this file instead of standard output.", valueName: "path"), completion: .file())
  var output: String?

  mutating func run() throws {
    let (document, folder) = try ReportRequest.read(path)
    let text = try format.output(document, in: folder, details: details)
    guard let file = output ?? (format == .html ? folder.pagePath : nil) else { return print(text, terminator: "") }
    do { try Data(text.utf8).write(to: URL(filePath: file), options: .atomic) } catch {
      throw RingbenchError.badInput("--output: \(file): can't be written: a file in a folder that exists is needed")
    }
    if output == nil { print(file) }
  }

  @Sendable private static func format(_ text: String) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: text) else {
      throw RingbenchError.badInput("unknown format '\(text)': one of \(ReportFormat.list) is needed")
    }
    return format
  }
}
