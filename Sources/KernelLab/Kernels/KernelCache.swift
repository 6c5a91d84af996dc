import FoundationEssentials

/// `$XDG_CACHE_HOME/ringbench`: kernels, and the part of an initramfs that is the same in every run. It can be deleted.
package struct KernelCache: Sendable {
  package let path: String

  /// The cache of this user (XDG base directory specification).
  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
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
  /// The folder of a named kernel.
  func kernelFolder(_ name: String) -> String { "\(path)/kernels/\(name)" }

  /// A named kernel; nil when it is not in the cache.
  package func kernel(_ name: String) -> StoredKernel? { try? StoredKernel(name: name, folder: kernelFolder(name)) }
}
