import Base
import Documents
import FoundationEssentials

/// A kernel in a folder of its own, ready to boot: `vmlinuz`, `modules/` in the order of loading, and `kernel.json`,
/// which names its source.
package struct StoredKernel: Sendable {
  /// The contents of `kernel.json`.
  struct Source: Codable, Hashable, Sendable {
    /// Each with its version, like `linux-image-6.12.9-amd64 6.12.9-1`.
    var packages: [String]
    /// The recipe's digest, for a kernel that was built here.
    var recipe: String?
  }

  package let name: String
  let folder: String
  /// The release that `uname -r` will print.
  package let release: String
  /// Debian packages with their versions.
  package let packages: [String]
  /// The recipe's digest; nil for a kernel that was not built here.
  let recipe: String?

  /// The version of its packages, like `6.12.9-1`; nil when it is not known. They all have the same.
  package var version: String? { packages.first?.split(separator: " ").last.map(String.init) }

  init(name: String, folder: String) throws {
    self.name = name
    self.folder = folder
    release = try BootImage(path: Self.image(in: folder)).release
    let data = FileManager.default.contents(atPath: Self.source(in: folder)) ?? Data()
    let source = try? ResultsJSON.decode(Source.self, from: data)
    packages = source?.packages ?? []
    recipe = source?.recipe
  }

  static func image(in folder: String) -> String { folder + "/vmlinuz" }
  static func modules(in folder: String) -> String { folder + "/modules" }
  static func source(in folder: String) -> String { folder + "/kernel.json" }

  /// The parts that a machine needs.
  var bootable: BootableKernel {
    let modules = Self.modules(in: folder)
    return BootableKernel(
      name: name, image: Self.image(in: folder), release: release,
      modules: Files.names(in: modules).map { "\(modules)/\($0)" })
  }
}

/// A kernel and the modules that go with it.
package struct BootableKernel: Sendable {
  /// As the user named it.
  package var name: String
  var image: String
  package var release: String
  /// Files in the order of loading.
  var modules: [String]
  /// Keeps unpacked files as long as this value exists.
  var unpacked: TemporaryFolder?
}
