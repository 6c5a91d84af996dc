import ArgumentParser
import Arguments

extension GuestRunArguments {
  /// What to say of a command line for a guest whose options of run stand before `--`; nil for any other.
  static func misplaced(in words: [String]) -> String? {
    let commands: [[String]: any ParsableArguments.Type] = [
      ["vm", "run"]: VMRunCommand.self, ["vm", "compare"]: VMCompareCommand.self,
    ]
    let group = Array(words.prefix(2))
    guard let command = commands[group] else { return nil }
    let found = MisplacedOptions(in: Array(words.dropFirst(2)), own: KnownOptions([command]), later: known)
    return found.names.isEmpty ? nil : found.message(["ringbench"] + group)
  }
}
