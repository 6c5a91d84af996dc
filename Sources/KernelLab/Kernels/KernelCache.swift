import Base
import FoundationEssentials
import Glibc

/// `$XDG_CACHE_HOME/ringbench`: kernels, and what else is the same in every run. It can be deleted.
package struct KernelCache: Sendable {
  package let path: String
  /// Whether the network is left alone: what is missing stays missing.
  let isOffline: Bool

  /// The cache of this user (XDG base directory specification).
  package init(environment: [String: String] = ProcessInfo.processInfo.environment, isOffline: Bool = false) {
    self.isOffline = isOffline
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      path = cache + "/ringbench"
    } else {
      path = (environment["HOME"] ?? "/root") + "/.cache/ringbench"
    }
  }

  /// The folder of the private apt for a suite.
  func aptFolder(suite: String) -> String { "\(path)/apt/\(suite)" }
  /// Executables that are packed for an initramfs.
  var guestFolder: String { path + "/guest" }
  /// The profiler's plugin, and the symbols of kernels.
  var profilerFolder: String { path + "/profiler" }
  /// The digests of saved machines.
  var machinesFile: String { path + "/machines" }
  /// The folder of all kernels, and of those that are not finished yet.
  var kernelsFolder: String { path + "/kernels" }
  /// The folders of kernels that are being built.
  var buildFolder: String { path + "/build" }
  /// The folder of a named kernel.
  func kernelFolder(_ name: String) -> String { "\(kernelsFolder)/\(name)" }

  /// Makes the cache's folder.
  ///
  /// - Throws: `badInput` when it can't be made, or when it or a folder in it can't be written to: the user chooses where
  ///   it is. A run as another user may have left folders in it.
  func prepare() throws(RingbenchError) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/" + part
      if mkdir(folder, 0o777) != 0, errno != EEXIST { throw Self.unwritable(path, errno) }
    }
    let own = ["apt", "build", "guest", "kernels", "profiler"].map { "\(path)/\($0)" }
    for folder in [path] + own.filter(Files.exists) {
      // The dot tells a folder from a file.
      if access(folder + "/.", W_OK | X_OK) != 0 { throw Self.unwritable(folder, errno) }
    }
  }

  private static func unwritable(_ folder: String, _ reason: Int32) -> RingbenchError {
    .badInput(
      "\(folder): the cache can't be written to: \(String(cString: strerror(reason))): set XDG_CACHE_HOME to a folder that"
        + " can be written to")
  }

  /// A named kernel; nil when it is not in the cache.
  package func kernel(_ name: String) -> StoredKernel? { try? StoredKernel(name: name, folder: kernelFolder(name)) }

  /// The modules of the kernel in the cache whose image has the same bytes; none for any other image. So a copy of a named
  /// kernel is the same machine as the kernel.
  func modules(ofImage path: String) -> [String] {
    for name in Files.names(in: kernelsFolder) {
      let image = StoredKernel.image(in: kernelFolder(name))
      guard FileManager.default.contentsEqual(atPath: image, andPath: path) else { continue }
      return kernel(name)?.bootable.modules ?? []
    }
    return []
  }

  /// Moves a finished kernel to its place, and replaces what was there. Both are renamed, so a process that is killed
  /// meanwhile leaves the old kernel, the new one or none, but never a part of one.
  ///
  /// - Parameter finished: a folder of the cache. The old kernel lies beside it afterwards, for the caller to remove.
  func store(_ finished: String, as name: String) throws -> StoredKernel {
    try Files.makeFolder(kernelsFolder)
    let place = kernelFolder(name)
    if rename(place, finished + ".replaced") != 0, errno != ENOENT {
      throw RingbenchError.failed(writing: place, errno: errno)
    }
    try Files.move(finished, over: place)
    return try StoredKernel(name: name, folder: place)
  }
}
