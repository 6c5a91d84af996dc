import FoundationEssentials

/// `$XDG_CACHE_HOME/ringbench`: kernels and what of an initramfs is the same in every run. All of it can be deleted.
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

  /// Where a suite of the distribution is known to a private apt.
  func aptFolder(suite: String) -> String { "\(path)/apt/\(suite)" }
  /// Where executables lie, packed for an initramfs.
  var guestFolder: String { path + "/guest" }
  /// Where the kernel of a name lies.
  func kernelFolder(_ name: String) -> String { "\(path)/kernels/\(name)" }

  /// The kernel of a name; nil when it is not in the cache.
  package func kernel(_ name: String) -> StoredKernel? { try? StoredKernel(name: name, folder: kernelFolder(name)) }
}
