import ArgumentParser
import Arguments
import KernelLab
import Planning

/// A command whose options can be right one by one, and make no run together.
protocol PlannedCommand: ParsableCommand {
  /// Reads the options that the parser leaves alone: those behind `--`.
  func readRest() throws
  /// Finds what is wrong before anything is fetched, started or written.
  func check() throws
}

extension WrongWords {
  /// Everything that is wrong with the words of a command line, the program's name left out.
  init(in words: [String]) {
    let command = Ringbench.command(of: words).type
    let isGuest = command == VMRunCommand.self || command == VMCompareCommand.self || command == ExplainCommand.self
    let types: [any ParsableArguments.Type] = isGuest ? [command, CellOptions.self, MeasuringOptions.self] : [command]
    self.init(
      words,
      known: KnownOptions(types).withUsualNumbers.with([SuiteLibrary.usual] + SuiteLibrary.names, for: "--suite")
        .with(KernelList().names, for: "--kernel"),
      misplaced: GuestRunArguments.misplaced(in:),
      parse: { words in
        Self.message { try (Ringbench.parseAsRoot(words) as? any PlannedCommand)?.readRest() }
      },
      plan: { words in Self.message { try (Ringbench.parseAsRoot(words) as? any PlannedCommand)?.check() } })
  }

  private static func message(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return Ringbench.message(for: error) }
    return nil
  }
}

extension Ringbench {
  /// The command that the first words name, and how many words that takes.
  static func command(of words: [String]) -> (type: any ParsableCommand.Type, depth: Int) {
    var (type, depth): (any ParsableCommand.Type, Int) = (Self.self, 0)
    for word in words {
      guard let next = type.configuration.subcommands.first(where: { $0.configuration.commandName == word }) else {
        break
      }
      (type, depth) = (next, depth + 1)
    }
    return (type, depth)
  }
}
