import Base

/// Everything that is wrong with a command line. A parser names the first problem only: that one is set right, and the
/// parser is asked again.
package struct WrongWords: Hashable, Sendable {
  /// What the parser said, one after the other.
  package private(set) var messages: [String] = []
  /// A command line with the fewest changes in which nothing is wrong; nil where none was found.
  package private(set) var corrected: [String]?

  /// Whether options stood where others belong. The parser says something else about them.
  package private(set) var isMisplaced = false

  /// More are not worth reading.
  private static let most = 20

  /// What to write: a line for each problem, and a command that works where there is one.
  ///
  /// - Parameter help: says where help is.
  package func lines(help: String) -> [String] {
    let command = corrected.map { ShellWords.joined(["ringbench"] + $0) }
    guard messages.count > 1 else { return messages.map { "\($0): \(command ?? help)" } }
    return messages + [command.map { "this would work: \($0)" } ?? help]
  }

  /// Options whose values are right or wrong whatever the other options are.
  private static let independent: Set = ["--suite", "--nodes", "--directory"]

  /// - Parameters:
  ///   - words: a command line without the program's name.
  ///   - misplaced: finds options that belong elsewhere on it.
  ///   - known: options whose values are words: a wrong one becomes the word that it resembles.
  ///   - parse: the message about a command line that can't be read.
  ///   - plan: the message about one that can be read, but not carried out.
  package init(
    _ words: [String], known: KnownOptions, misplaced: ([String]) -> MisplacedOptions?, parse: ([String]) -> String?,
    plan: ([String]) -> String?
  ) {
    var words = words
    // Whether the options still mean what the user wrote. If not, a clash of two of them may be of our own making.
    var isFaithful = true
    while messages.count < Self.most {
      let unreadable = parse(words)
      guard let message = unreadable ?? plan(words) else {
        corrected = words
        return
      }
      if unreadable != nil, let found = misplaced(words) {
        messages.append(found.sentence)
        isMisplaced = true
        words = found.moved
        continue
      }
      if !isFaithful, message.hasPrefix("Missing expected argument") { return }
      let culprit = Culprit(message, in: words)
      if unreadable == nil, !isFaithful, !Self.independent.contains(culprit?.option ?? "") { return }
      if messages.contains(message) { return }
      messages.append(message)
      guard let culprit else { return }
      let repair = culprit.repaired(words, message, known)
      isFaithful = isFaithful && repair.isFaithful
      words = repair.words
    }
  }
}
