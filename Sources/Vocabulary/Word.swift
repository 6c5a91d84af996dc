package import Base

/// A value of one of the contract's vocabularies.
package protocol Word: RawRepresentable<String>, CaseIterable, Hashable, Sendable, SendableMetatype {
  /// The key in a suite and the name of the command-line option.
  static var axis: String { get }
}

extension Mode: Word { package static var axis: String { "mode" } }
extension Transport: Word { package static var axis: String { "transport" } }
extension Operation: Word { package static var axis: String { "operation" } }
extension Pattern: Word { package static var axis: String { "pattern" } }
extension Implementation: Word { package static var axis: String { "implementation" } }

extension Word {
  /// All words in the order of the contract, for help and for messages.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  package static func value(_ text: String) throws(InputError) -> Self {
    guard let value = Self(rawValue: text) else {
      throw InputError("unknown \(axis) '\(text)': one of \(list) is needed")
    }
    return value
  }
}
