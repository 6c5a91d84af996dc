import FoundationEssentials

/// A folder that the user named.
package enum InputFolder {
  /// - Parameter option: what the message starts with.
  package static func check(_ path: String, option: String) throws(RingbenchError) {
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard exists, isFolder, FileManager.default.isWritableFile(atPath: path) else {
      throw RingbenchError.badInput("\(option): \(path): a folder that exists and can be written to is needed")
    }
  }
}
