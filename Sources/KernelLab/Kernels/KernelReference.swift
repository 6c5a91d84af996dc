package import Base
import FoundationEssentials

/// A kernel as the command line names it.
package enum KernelReference: Hashable, Sendable {
  case image(String)
  case package(String)
  case named(DebianKernel)
  case laboratory(LaboratoryKernel)

  /// A text with a slash, or the name of an existing file, is a path. Everything else is a name.
  package init(_ text: String) throws(RingbenchError) {
    if let kernel = LaboratoryKernel(name: text) {
      self = .laboratory(kernel)
    } else if text.hasSuffix(".deb") {
      self = .package(text)
    } else if text.contains("/") || (Files.exists(text) && !DebianKernel.isNamed(text)) {
      self = .image(text)
    } else {
      self = .named(try DebianKernel(text, or: Self.others))
    }
  }

  /// What `--kernel` takes beside kernels that can be fetched.
  private static var others: String {
    "; \(LaboratoryKernel.names); or the path of a bzImage or .deb is needed"
  }

  /// A short name for folders and tables.
  package var name: String {
    switch self {
    case .image(let path), .package(let path): Paths.name(of: path)
    case .named(let kernel): kernel.name
    case .laboratory(let kernel): kernel.name
    }
  }

  /// Where the image is or will be. Fetches and unpacks nothing.
  func imagePath(in cache: KernelCache) -> String {
    switch self {
    case .image(let path), .package(let path): path
    case .named(let kernel): StoredKernel.image(in: cache.kernelFolder(kernel.name))
    case .laboratory(let kernel): StoredKernel.image(in: cache.kernelFolder(kernel.name))
    }
  }

  /// Fetches the kernel if it is missing, or says what is wrong with it, before a long command begins.
  func provide(in cache: KernelCache) async throws {
    // A package would be unpacked for nothing.
    if case .package(let path) = self { try Self.check(package: path) } else { _ = try await resolve(in: cache) }
  }

  /// The kernel itself. A Debian kernel that is not in the cache is fetched.
  func resolve(in cache: KernelCache) async throws -> BootableKernel {
    switch self {
    case .image(let path):
      let release = try BootImage(path: path).release
      return BootableKernel(name: name, image: path, release: release, modules: cache.modules(ofImage: path))
    case .package(let path):
      return try await unpacked(path)
    case .named(let kernel):
      if let stored = try KernelFetch.stored(kernel, in: cache) { return stored.bootable }
      StandardError.line("ringbench: fetching \(kernel.name) from Debian's suite \(kernel.entry.suite)")
      return try await KernelFetch.fetch(kernel, into: cache).bootable
    case .laboratory(let kernel):
      guard let stored = cache.kernel(kernel.name) else {
        let command = "ringbench kernel build \(kernel.name)"
        throw RingbenchError.badInput("--kernel \(kernel.name): it is not built: run '\(command)'")
      }
      return stored.bootable
    }
  }

  private func unpacked(_ path: String) async throws -> BootableKernel {
    try Self.check(package: path)
    let folder = try TemporaryFolder()
    do { try await KernelPackages.unpack([path], to: folder.path) } catch let damage as KernelPackages.Damage {
      throw RingbenchError.badInput(
        "\(path): is damaged or no Debian package: \(damage.reason): a whole .deb of a kernel is needed")
    }
    var kernel = try StoredKernel(name: name, folder: folder.path).bootable
    kernel.unpacked = folder
    return kernel
  }

  private static func check(package path: String) throws(RingbenchError) {
    guard Files.exists(path) else { throw RingbenchError.badInput("\(path): no such file, or it can't be read") }
  }
}
