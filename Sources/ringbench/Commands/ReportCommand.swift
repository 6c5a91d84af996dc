import ArgumentParser
import Arguments
import Base
import FoundationEssentials
import Reporting

/// `ringbench report`.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Shows finished runs again: on the terminal, as a page, or in a format that other tools read.",
    discussion: """
      Name a run by its folder or its results.json. Several runs, say one for each kernel or commit, become a series in \
      the order in which they are named; text, html, markdown and csv can show one. html writes report.html into the \
      folder of a single run unless --cell or --output is given; all others go to standard output. hgrm has one cell's \
      latencies, hlog those of each trial.

      Exit status: 0 done, 2 bad usage or input.
      """)

  @Argument(help: .init("The folder of each run, or its results.json.", valueName: "run"), completion: .run)
  var paths: [String]

  @Option(
    help: .init("\(ReportFormat.list). (default: text)", valueName: "format"),
    completion: .cases(of: ReportFormat.self), transform: ReportFormat.named)
  var format = ReportFormat.text

  @Flag(help: "With text: prints every cell with its interval and remarks, not the matrix.")
  var details = false

  @Option(help: .init("Only cells whose identifiers contain this text.", valueName: "text"))
  var cell: String?

  @Option(help: .init("Writes to this file instead of standard output.", valueName: "path"), completion: .file())
  var output: String?

  mutating func run() async throws {
    let runs = try paths.map { path throws(RingbenchError) in
      let run = try StoredRun.read(path, details: details)
      return try cell.map { part throws(RingbenchError) in try run.narrowed(to: part) } ?? run
    }
    let text = runs.count == 1 ? try format.output(runs[0]) : try RunSeries(runs).output(format)
    let page = format == .html && runs.count == 1 && cell == nil ? runs[0].folder.pagePath : nil
    guard let file = output ?? page else { return print(text, terminator: "") }
    try ReportOutput.write(text, to: file)
    if output == nil { print(file) }
  }
}
