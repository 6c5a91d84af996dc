import ArgumentParser
import Arguments

extension GuestRunArguments {
  /// The options of run before `--` on a command line for a guest; nil on any other command line.
  static func misplaced(in words: [String]) -> MisplacedOptions? {
    let (command, depth) = Ringbench.command(of: words)
    guard command == VMRunCommand.self || command == VMCompareCommand.self else { return nil }
    return MisplacedOptions(in: words, after: depth, own: KnownOptions([command]), later: known)
  }
}
