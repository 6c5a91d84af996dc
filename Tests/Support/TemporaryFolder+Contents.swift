package import Base
package import FoundationEssentials

extension TemporaryFolder {
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
}
