package import Base

/// An axis of cells whose values are words. Each type lists its words in the order of the JSON Schema.
package protocol WordAxis: RawRepresentable<String>, CaseIterable, Hashable, Sendable, SendableMetatype {
  /// The key in a suite, the key in JSON and, after `--`, the option.
  static var axis: String { get }

  /// Words that stand for several values in a suite or on the command line.
  static var groups: [String: [Self]] { get }
}

extension WordAxis {
  package static var groups: [String: [Self]] { ["all": Array(allCases)] }

  /// All words, for help and for messages.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// What an option of the axis takes.
  package static var help: String {
    let names = groups.keys.sorted().map { "'\($0)'" }.joined(separator: " and ")
    return "One or more of \(list); \(names) \(groups.count > 1 ? "stand" : "stands") for several."
  }

  /// The value that a word names, or all values of the group that it names.
  package static func values(_ text: String) throws(RingbenchError) -> [Self] {
    if let group = groups[text] { return group }
    guard let value = Self(rawValue: text) else {
      throw RingbenchError.badInput("unknown \(axis) '\(text)': one of \(list) is needed")
    }
    return [value]
  }
}
