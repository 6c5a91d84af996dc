package import ArgumentParser
import Base
import Documents
import FoundationEssentials
import Glibc
package import Vocabulary

/// A workload executable: options in, one JSON document out.
package protocol WorkloadCommand: ParsableCommand {
  static var kind: WorkloadKind { get }
  var options: WorkloadOptions { get }
}

/// The exit statuses of the contract that a workload executable uses.
private enum ExitStatus {
  static let usage: Int32 = 2
  static let failed: Int32 = 3
  static let unavailable: Int32 = 77
}

extension WorkloadCommand {
  package static func main() {
    do {
      let command = try parse()
      try command.perform()
    } catch {
      if exitCode(for: error).isSuccess {
        Swift.print(fullMessage(for: error))
        Glibc.exit(0)
      }
      complain("\(kind.executableName): \(message(for: error))", ExitStatus.usage)
    }
  }

  private func perform() throws {
    let request = try options.request(for: Self.kind)
    if let obstacle = Availability.obstacle() { Self.complain(obstacle, ExitStatus.unavailable) }
    if options.probeAvailability { return }
    if options.probe { return try Self.print(TransferProbing.probe(Self.kind, directory: options.directory)) }
    let reply = TrialRunner.run(request)
    try Self.print(reply)
    if reply.status == .failed { Glibc.exit(ExitStatus.failed) }
  }

  private static func print(_ document: some Encodable) throws {
    Swift.print(String(decoding: try ResultsJSON.document(document), as: UTF8.self), terminator: "")
  }

  private static func complain(_ sentence: String, _ status: Int32) -> Never {
    let line = Array((sentence.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
    Glibc.exit(status)
  }
}
