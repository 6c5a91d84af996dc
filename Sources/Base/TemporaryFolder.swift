import FoundationEssentials

/// A folder that lasts as long as the object.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// Makes a new folder.
  ///
  /// - Parameter parent: The folder that holds it, made if it is missing; nil for the system's temporary folder.
  package init(in parent: String? = nil) throws(RingbenchError) {
    let parent = parent ?? FileManager.default.temporaryDirectory.path
    path = "\(parent)/ringbench-\(UUID().uuidString)"
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw RingbenchError.failed("\(path): the folder can't be made")
    }
  }

  package func file(_ name: String) -> String { path + "/" + name }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
