import Base
package import Vocabulary

/// Lists on the command line: an option may repeat, and may hold several values separated by commas.
package enum Lists {
  /// The words of one occurrence of an option.
  @Sendable package static func words<Value: WordAxis>(_ text: String) throws -> [Value] {
    try parts(text).flatMap { try Value.values($0) }
  }

  /// The numbers of one occurrence of an option.
  package static func numbers(_ axis: NumberAxis) -> @Sendable (String) throws -> [Int] {
    { text in try parts(text).map { try axis.value($0) } }
  }

  /// All occurrences together, each value once.
  package static func flat<Value: Hashable>(_ lists: [[Value]]) -> [Value] {
    var seen: Set<Value> = []
    return lists.joined().filter { seen.insert($0).inserted }
  }

  private static func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
