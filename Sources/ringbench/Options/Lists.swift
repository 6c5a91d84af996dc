import Base
import Planning
import Vocabulary

/// Lists as the command line writes them: options that repeat, each with commas.
enum Lists {
  /// The words of one occurrence of an option.
  @Sendable static func words<Value: Word>(_ text: String) throws -> [Value] {
    try parts(text).map { try Value.value($0) }
  }

  /// The numbers of one occurrence of an option.
  static func numbers(_ axis: NumberAxis) -> @Sendable (String) throws -> [Int] {
    { text in try parts(text).map { try axis.value($0) } }
  }

  @Sendable static func placement(_ text: String) throws -> PlacementChoice {
    guard let choice = PlacementChoice(rawValue: text) else {
      throw InputError("unknown placement '\(text)': one of local, remote, all is needed")
    }
    return choice
  }

  /// All occurrences together, each value once.
  static func flat<Value: Hashable>(_ lists: [[Value]]) -> [Value] {
    var seen: Set<Value> = []
    return lists.joined().filter { seen.insert($0).inserted }
  }

  private static func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
