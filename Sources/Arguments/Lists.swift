import Base
package import Vocabulary

/// Lists on the command line: an option may repeat, and may hold several values separated by commas.
package enum Lists {
  /// The words of one occurrence of an option.
  @Sendable package static func words<Value: WordAxis>(_ text: String) throws -> [Value] {
    try values(of: text) { part throws(RingbenchError) in try Value.values(part) }.flatMap { $0 }
  }

  /// The numbers of one occurrence of an option.
  package static func numbers(_ axis: NumberAxis) -> @Sendable (String) throws -> [Int] {
    { text in try values(of: text) { part throws(RingbenchError) in try axis.value(part) } }
  }

  /// All occurrences together, each value once.
  package static func flat<Value: Hashable>(_ lists: [[Value]]) -> [Value] {
    var seen: Set<Value> = []
    return lists.joined().filter { seen.insert($0).inserted }
  }

  /// - Throws: `badInput` that names everything wrong in the list.
  private static func values<Value>(
    of text: String, _ read: (String) throws(RingbenchError) -> Value
  ) throws(RingbenchError) -> [Value] {
    var (values, wrong): ([Value], [String]) = ([], [])
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      do { values.append(try read(String(part))) } catch { wrong.append(error.message) }
    }
    guard let last = wrong.popLast() else { return values }
    // What is right stands after the first colon, and is the same for all of them.
    let heads = wrong.map { $0.prefix { $0 != ":" } + ", " }
    throw RingbenchError.badInput(heads.joined() + last)
  }
}
