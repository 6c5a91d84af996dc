import ArgumentParser
import Arguments
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
      ProbeCommand.self, RunCommand.self, AskCommand.self, CompareCommand.self, ReportCommand.self, MergeCommand.self,
      ExplainCommand.self, VMCommand.self, KernelCommand.self,
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
      if error.status == .badInput { exitIfMoreIsWrong(than: error.message) }
      for line in error.console { StandardError.line("guest| \(line)") }
      exit(error.status, error.message)
    case is CancellationError: exit(.interrupted, "interrupted")
    default: break
    }
    // Help, a version, or an exit status that was chosen by a command.
    guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
    let message = message(for: error)
    exitIfMoreIsWrong(than: message)
    exit(.badInput, "\(message)\(message.hasSuffix(".") ? "" : ".") See '\(commandName) --help'.")
  }

  /// Names all that is wrong with the command line where one message is not all.
  private static func exitIfMoreIsWrong(than message: String) {
    let wrong = WrongWords(in: Array(CommandLine.arguments.dropFirst()))
    guard let first = wrong.messages.first, wrong.messages != [message] else { return }
    guard wrong.messages.contains(message) || wrong.isMisplaced else { return }
    let lines = wrong.lines(help: "see '\(commandName) --help'")
    for line in lines.dropLast() { StandardError.line("ringbench: \(line)") }
    exit(.badInput, lines.last ?? first)
  }

  /// The command that was given, for its help.
  private static var commandName: String {
    let words = Array(CommandLine.arguments.dropFirst())
    return (["ringbench"] + words.prefix(command(of: words).depth)).joined(separator: " ")
  }

  private static func exit(_ status: ExitStatus, _ message: String) -> Never {
    StandardError.line("ringbench: \(message)")
    let style = StatusOptions.style(of: Array(CommandLine.arguments.dropFirst()))
    exit(withError: ExitCode(style.code(status)))
  }
}
