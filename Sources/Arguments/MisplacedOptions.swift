/// Options that belong behind `--` and stand before it.
package struct MisplacedOptions: Hashable, Sendable {
  /// As they were typed, without values: `--suite`.
  package private(set) var names: [String] = []
  /// The command line with all of them behind `--`.
  package private(set) var moved: [String] = []

  /// Finds them among the words of a command line.
  ///
  /// - Parameters:
  ///   - command: how many words come before the options: 2 of `vm run`.
  ///   - own: what the command itself knows.
  ///   - later: what may stand behind `--`.
  /// - Returns: nil where there are none.
  package init?(in words: [String], after command: Int, own: KnownOptions, later: KnownOptions) {
    var (kept, late): ([String], [String]) = (Array(words.prefix(command)), [])
    var rest = words.dropFirst(command)
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
    guard !names.isEmpty else { return nil }
    moved = kept + ["--"] + late + rest
  }

  /// What is wrong, and what would be right.
  package var sentence: String {
    let all = names.map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 1
      ? "\(all) are options of run: put them after '--'" : "\(all) is an option of run: put it after '--'"
  }
}
