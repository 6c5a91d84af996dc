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
      complain("\(kind.executableName): \(message(for: error))", .badInput)
    }
  }

  private func perform() throws {
    let request = try options.request(for: Self.kind)
    let needsUring = options.probe || options.probeAvailability || request.cell.mode.usesUring
    if needsUring, let unavailable = Availability.unavailable() { Self.complain(unavailable, .cannotRun) }
    if options.probeAvailability { return }
    if options.probe { return try Self.print(TransferProbing.probe(Self.kind, directory: options.directory)) }
    let reply = TrialRunner.run(request)
    try Self.print(reply)
    if reply.status == .failed { Glibc.exit(ExitStatus.failed.rawValue) }
  }

  private static func print(_ document: some Encodable) throws {
    Swift.print(String(decoding: try ResultsJSON.document(document), as: UTF8.self), terminator: "")
  }

  private static func complain(_ sentence: String, _ status: ExitStatus) -> Never {
    StandardError.line(sentence)
    Glibc.exit(status.rawValue)
  }
}
