package import FoundationEssentials

/// A folder of a test's own, removed with the object.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path = FileManager.default.temporaryDirectory.path + "/ringbench-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  package func file(_ name: String) -> String { path + "/" + name }

  /// The names of what is in the folder.
  package var contents: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  package func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
  }

  package func read(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: file(name)))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
