import Base
import Glibc

/// An exclusive lock on a file (`flock(2)`), until the object is gone. The kernel drops it when the process ends, in
/// whatever way, and children don't inherit it. The file stays: to remove it would let a third process lock another file
/// of that name.
final class FileLock: Sendable {
  private static let interval = Duration.milliseconds(100)

  private let descriptor: Int32

  /// - Returns: nil when someone else has the lock.
  /// - Throws: `failed` when the file can't be made or its file system has no locks.
  init?(_ path: String) throws(RingbenchError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw RingbenchError.failed(writing: path, errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    let reason = errno
    close(descriptor)
    guard reason != EWOULDBLOCK else { return nil }
    throw RingbenchError.failed("\(path): can't be locked: \(String(cString: strerror(reason)))")
  }

  deinit { close(descriptor) }

  /// Waits for the lock. A cancellation ends that.
  ///
  /// - Parameter announce: called before the first wait.
  static func wait(for path: String, announce: () -> Void = {}) async throws -> FileLock {
    if let lock = try FileLock(path) { return lock }
    announce()
    while true {
      try await Task.sleep(for: interval)
      if let lock = try FileLock(path) { return lock }
    }
  }
}
