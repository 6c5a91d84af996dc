import Base
import FoundationEssentials
import Glibc

/// The folder in which one kernel is built: two gigabytes that are gone when the object is.
///
/// Its lock makes a second build of the kernel wait. A folder whose lock is free was left by a build that was killed. Only
/// who holds the lock makes or removes the folder, so no live build loses its own.
final class BuildFolder: Sendable {
  private static let lockSuffix = ".lock"

  let path: String
  private let lock: FileLock

  /// Waits for other builds of the kernel, and removes what killed builds have left.
  ///
  /// - Parameter announce: called before the first wait.
  static func claim(_ kernel: LaboratoryKernel, in cache: KernelCache, announce: () -> Void) async throws -> BuildFolder
  {
    try Files.makeFolder(cache.buildFolder)
    let path = "\(cache.buildFolder)/\(kernel.name)"
    let lock = try await FileLock.wait(for: path + lockSuffix, announce: announce)
    for name in Files.names(in: cache.buildFolder) where !name.hasSuffix(lockSuffix) && name != kernel.name {
      try removeIfStale("\(cache.buildFolder)/\(name)")
    }
    guard remove(path) else { throw RingbenchError.failed("\(path): can't be removed: a killed build left it") }
    try Files.makeFolder(path)
    return BuildFolder(path: path, lock: lock)
  }

  private init(path: String, lock: FileLock) {
    self.path = path
    self.lock = lock
  }

  deinit { Self.remove(path) }

  func file(_ name: String) -> String { path + "/" + name }

  private static func removeIfStale(_ path: String) throws(RingbenchError) {
    if LaboratoryKernel(name: Paths.name(of: path)) == nil {
      // An older ringbench made it, without a lock. It may be there still.
      if processes(of: path).isEmpty { try? FileManager.default.removeItem(atPath: path) }
    } else if let lock = try FileLock(path + lockSuffix) {
      remove(path)
      withExtendedLifetime(lock) {}
    }
  }

  /// Removes a folder. When ringbench itself was killed, its compilers still work there: they are ended first.
  ///
  /// - Returns: whether it is gone.
  @discardableResult
  private static func remove(_ path: String) -> Bool {
    for _ in 1...20 where Files.exists(path) {
      for process in processes(of: path) { kill(process, SIGKILL) }
      if (try? FileManager.default.removeItem(atPath: path)) == nil { usleep(50_000) }
    }
    return !Files.exists(path)
  }

  /// The processes that write a log in a folder, and their children: they have its path in their environment.
  private static func processes(of folder: String) -> [pid_t] {
    let mark = Data("\0\(HelperProgram.logVariable)=\(folder)/".utf8)
    return Files.names(in: "/proc").compactMap(pid_t.init).filter { process in
      guard let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
      return (Data([0]) + environment).firstRange(of: mark) != nil
    }
  }
}
