import ArgumentParser
import Base
import Documents
import KernelLab

/// Measures io_uring buffer modes.
@main
struct Ringbench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ringbench",
    abstract: "Measures what each way of supplying receive buffers to io_uring costs.",
    version: "\(Tool.current.name) \(Tool.current.version)",
    subcommands: [
      ProbeCommand.self, RunCommand.self, CompareCommand.self, ReportCommand.self, MergeCommand.self, VMCommand.self,
      KernelCommand.self,
    ])

  /// Parses and runs a command, and turns every outcome into the documented exit status.
  static func main() async {
    if Guest.isInit { await Guest.main() }
    checkForCommand()
    do {
      var command = try await asyncParseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try StandardOutput.finish()
    } catch {
      exit(after: error)
    }
  }

  /// `ringbench`, `ringbench vm` and `ringbench kernel` do nothing by themselves: a script that forgot the rest must see it.
  private static func checkForCommand() {
    let words = Array(CommandLine.arguments.dropFirst())
    let groups: [String: any ParsableCommand.Type] = ["vm": VMCommand.self, "kernel": KernelCommand.self]
    guard words.isEmpty || (words.count == 1 && groups[words[0]] != nil) else { return }
    let group: any ParsableCommand.Type = words.first.flatMap { groups[$0] } ?? Self.self
    let names = group.configuration.subcommands.compactMap { $0.configuration.commandName }.joined(separator: ", ")
    let name = (["ringbench"] + words).joined(separator: " ")
    exit(.badInput, "\(name): a command is needed: one of \(names). See '\(name) --help'.")
  }

  private static func exit(after error: any Error) -> Never {
    let style = StatusOptions.style(of: Array(CommandLine.arguments.dropFirst()))
    switch error {
    case let end as CommandEnd: exit(withError: ExitCode(style.code(end.status, isUndecided: end.isUndecided)))
    case let error as RingbenchError:
      for line in error.console { StandardError.line("guest| \(line)") }
      exit(error.status, error.message)
    case is CancellationError: exit(.interrupted, "interrupted")
    default: break
    }
    // Help, a version, or an exit status that was chosen by a command.
    guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
    if let misplaced = GuestRunArguments.misplaced(in: Array(CommandLine.arguments.dropFirst())) {
      exit(.badInput, misplaced)
    }
    let message = message(for: error)
    exit(.badInput, "\(message)\(message.hasSuffix(".") ? "" : ".") See '\(commandName) --help'.")
  }

  /// The command that was given, for its help.
  private static var commandName: String {
    let words = CommandLine.arguments.dropFirst().prefix { !$0.hasPrefix("-") }
    let isGroup = words.first == "vm" || words.first == "kernel"
    return (["ringbench"] + (words.isEmpty ? ["run"] : words.prefix(isGroup ? 2 : 1))).joined(separator: " ")
  }

  private static func exit(_ status: ExitStatus, _ message: String) -> Never {
    StandardError.line("ringbench: \(message)")
    let style = StatusOptions.style(of: Array(CommandLine.arguments.dropFirst()))
    exit(withError: ExitCode(style.code(status)))
  }
}
