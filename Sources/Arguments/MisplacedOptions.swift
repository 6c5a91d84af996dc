import Base

/// Options that belong behind `--` and stand before it.
package struct MisplacedOptions: Hashable, Sendable {
  /// As they were typed, without values: `--suite`.
  package private(set) var names: [String] = []
  /// The command line with all of them behind `--`.
  package private(set) var moved: [String]

  /// Finds them among the words of a command line.
  ///
  /// - Parameters:
  ///   - own: what the command itself knows.
  ///   - later: what may stand behind `--`.
  package init(in words: [String], own: KnownOptions, later: KnownOptions) {
    var (kept, late): ([String], [String]) = ([], [])
    var rest = words[...]
    while let word = rest.popFirst(), word != "--" {
      let name = String(word.prefix { $0 != "=" })
      let isLate = own.options[name] == nil && later.options[name] != nil
      let option = own.options[name] ?? later.options[name]
      var taken = [word]
      if option?.takesValue == true, name == word, let value = rest.first, value != "--" {
        taken.append(value)
        rest.removeFirst()
      }
      if isLate {
        names.append(name)
        late += taken
      } else {
        kept += taken
      }
    }
    moved = kept + ["--"] + late + rest
  }

  /// What was wrong, and the command that works.
  ///
  /// - Parameter command: the words before the options: `["ringbench", "vm", "run"]`.
  package func message(_ command: [String]) -> String {
    let all = names.map { "'\($0)'" }.joined(separator: ", ")
    let subject = names.count > 1 ? "\(all) are options of run: put them" : "\(all) is an option of run: put it"
    return "\(subject) after '--': \(ShellWords.joined(command + moved))"
  }
}
