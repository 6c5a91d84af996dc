package import Base
import FoundationEssentials
import Glibc

/// A folder that belongs to one run, from before its first trial until the object is gone. If nothing was written by then,
/// it is removed with the folders above it that were made for it.
///
/// The folder is locked (`flock(2)`), so that two runs can't share one that was there and empty. The lock goes with the
/// process.
package final class ClaimedFolder: Sendable {
  package let folder: RunFolder
  private let descriptor: Int32
  /// The outermost first.
  private let made: [String]

  /// Takes the folder that the user named, or a new one. A new one gets a number at its end if its name is taken.
  ///
  /// - Parameters:
  ///   - output: the folder that the user named; nil for a new one.
  ///   - usual: the name of the new one.
  ///   - isResumable: whether `--resume` can go on with an interrupted run.
  /// - Throws: `badInput` when the folder can't be made, is not empty, or belongs to another run.
  package init(
    output: String?, orNew usual: @autoclosure () -> String, isResumable: Bool = false
  ) throws(RingbenchError) {
    do throws(RingbenchError) {
      if let output {
        folder = RunFolder(path: output)
        made = try Self.make(folder.path, isNew: false) ?? []
      } else {
        (folder, made) = try Self.makeNew(usual())
      }
    } catch {
      throw error.asBadInput("--output")
    }
    do throws(RingbenchError) {
      descriptor = try Self.lock(folder.path)
    } catch {
      Self.remove(made)
      throw error.asBadInput("--output")
    }
    do throws(RingbenchError) { try folder.checkIsFree(isResumable: isResumable) } catch {
      throw error.asBadInput("--output")
    }
  }

  deinit {
    Self.remove(made)
    close(descriptor)
  }

  /// Keeps it until here: without a use, the object may go before the run ends.
  package func keep() { withExtendedLifetime(self) {} }

  private static func remove(_ folders: [String]) {
    // A folder that is not empty stays.
    for folder in folders.reversed() { rmdir(folder) }
  }

  private static func makeNew(_ usual: String) throws(RingbenchError) -> (RunFolder, [String]) {
    for number in 1...Int.max {
      let path = number == 1 ? usual : "\(usual)-\(number)"
      if let made = try make(path, isNew: true) { return (RunFolder(path: path), made) }
    }
    throw RingbenchError.failed("\(usual): the folder can't be made")
  }

  /// Makes a folder and those above it.
  ///
  /// - Returns: what was made; nil when the folder has to be new and is not.
  private static func make(_ path: String, isNew: Bool) throws(RingbenchError) -> [String]? {
    guard !path.isEmpty else { throw RingbenchError.failed("an empty name: the name of a folder is needed") }
    var missing = [path]
    while let first = missing.first, Paths.parent(of: first) != first, !Files.exists(Paths.parent(of: first)) {
      missing.insert(Paths.parent(of: first), at: 0)
    }
    var made: [String] = []
    for folder in missing {
      if mkdir(folder, 0o777) == 0 {
        made.append(folder)
      } else if errno != EEXIST {
        let reason = String(cString: strerror(errno))
        remove(made)
        throw RingbenchError.failed("\(path): the folder can't be made: \(reason)")
      } else if isNew, folder == path {
        remove(made)
        return nil
      }
    }
    return made
  }

  private static func lock(_ path: String) throws(RingbenchError) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RingbenchError.failed("\(path): can't be read: \(String(cString: strerror(errno)))")
    }
    // Some file systems have no locks. There the journal is the first to collide.
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return descriptor }
    close(descriptor)
    throw RingbenchError.failed("\(path): another ringbench writes into this folder: name another one")
  }
}
