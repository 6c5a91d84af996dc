package import Base
import CBuildInformation

/// The program and build that wrote a document.
package struct Tool: Codable, Hashable, Sendable {
  package var name: String
  package var version: String
  /// The commit that was built; null in a build that `scripts/build` did not make.
  @Nullable package var commit: String?
  /// Whether the tree differed from the commit; null where that was not checked.
  @Nullable package var modified: Bool?
  /// The version of the Swift compiler; null in a build that `scripts/build` did not make.
  @Nullable package var swift: String?
  /// `release` or `debug`; null in documents of versions that did not record it.
  @Nullable package var configuration: String?

  package init(
    name: String, version: String, commit: String? = nil, modified: Bool? = nil, swift: String? = nil,
    configuration: String? = nil
  ) {
    self.name = name
    self.version = version
    self.commit = commit
    self.modified = modified
    self.swift = swift
    self.configuration = configuration
  }

  /// This program.
  package static let current = Tool(
    name: "ringbench", version: "0.1.0", commit: cbuildinformation_commit().map { String(cString: $0) },
    modified: cbuildinformation_modified() < 0 ? nil : cbuildinformation_modified() == 1,
    swift: cbuildinformation_swift().map { String(cString: $0) }, configuration: builtConfiguration)

  #if DEBUG
    private static let builtConfiguration = "debug"
  #else
    private static let builtConfiguration = "release"
  #endif

  /// `ringbench 0.1.0 (commit 1234abcd, modified, release, Swift 6.3.1)`, with what is known.
  package var text: String {
    let known = [
      commit.map { "commit \($0.prefix(12))" }, modified == true ? "modified" : nil, configuration,
      swift.map { "Swift \($0)" },
    ].compactMap { $0 }
    return "\(name) \(version)" + (known.isEmpty ? "" : " (\(known.joined(separator: ", ")))")
  }
}
