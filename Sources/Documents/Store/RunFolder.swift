package import Base
package import FoundationEssentials
import Glibc

/// The folder that a run writes into.
package struct RunFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  package var resultsPath: String { path + "/results.json" }
  package var csvPath: String { path + "/results.csv" }
  package var journalPath: String { path + "/" + Journal.fileName }

  /// Checks, without writing, that a run may be written here: the folder is empty.
  ///
  /// - Parameter isResumable: whether `--resume` can go on with an interrupted run.
  func checkIsFree(isResumable: Bool) throws(RingbenchError) {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw RingbenchError.failed("\(path): the folder was removed while it was claimed: try again")
    }
    guard isFolder else { throw RingbenchError.failed("\(path): is a file, and a run needs a folder of its own") }
    guard let contents = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw RingbenchError.failed("\(path): can't be read")
    }
    guard contents.isEmpty else {
      let resume = isResumable && contents.contains(Journal.fileName)
      let more = resume ? ", or go on with the interrupted run in it by --resume \(path)" : ""
      throw RingbenchError.failed("\(path): the folder is not empty: name a new one\(more)")
    }
    guard access(path, W_OK) == 0 else { throw RingbenchError.failed(writing: path, errno: errno) }
  }

  /// Makes the folder and those above it.
  package func create() throws(RingbenchError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw RingbenchError.failed("\(path): the folder can't be made")
    }
  }

  /// Replaces a file of the folder in one step: a reader sees the old contents or the new ones, never a part.
  package func write(_ data: Data, to file: String) throws(RingbenchError) {
    try Files.replace(file, with: data)
  }

  package func removeJournal() throws(RingbenchError) {
    guard unlink(journalPath) == 0 else { throw RingbenchError.failed(writing: journalPath, errno: errno) }
  }
}
