import ArgumentParser
import Base
import Reporting
import Running

/// `ringbench probe`.
struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Shows what the running kernel offers, and tries every mode over every transport.",
    discussion: """
      The kernel itself is asked for its features. Each transfer really moves a few small messages. In the matrix, \
      'yes' means that the right bytes arrived and '-' that the combination is not possible by definition. Anything \
      else names the step that failed and the errno.

      Kernel-managed rings are 'not offered', 'registers only', 'maps only' or 'receives'.

      Exit status: 0 done, 2 bad usage, 3 a transfer failed that should have worked, 77 there is no io_uring here.
      """)

  @Flag(help: "Prints one JSON document, schema ringbench.probe/1.")
  var json = false

  @Option(
    help: .init("Where the file workload puts its file. (default: the temporary folder)", valueName: "dir"),
    completion: .directory)
  var directory: String?

  mutating func run() async throws {
    let document = try await Probe.run(directory: directory)
    print(json ? try Probe.json(document) : ProbeText(document).text, terminator: "")
    let status = Probe.status(of: document)
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
