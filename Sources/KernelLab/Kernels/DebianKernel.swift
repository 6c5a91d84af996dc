package import Base

/// A Debian kernel as the command line names it: `debian-6.12` for the newest of its series,
/// `debian-6.12@6.12.57-1` for one version.
package struct DebianKernel: Hashable, Sendable {
  package let entry: CatalogueEntry
  /// The version of its packages; nil for the newest.
  let version: String?

  /// The name on the command line and in the cache.
  package var name: String { version.map { "\(entry.name)@\($0)" } ?? entry.name }

  /// Takes the name of a kernel to fetch.
  package init(_ text: String) throws(RingbenchError) {
    try self.init(text, or: " can be fetched, each also with @ and a version")
  }

  /// - Parameter others: follows the names that can be fetched in the message about an unknown one.
  /// - Throws: `badInput` for an unknown name, and for what can't be a version.
  init(_ text: String, or others: String) throws(RingbenchError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if let kernel = LaboratoryKernel(name: parts[0]) {
      throw RingbenchError.badInput(
        "'\(text)': a laboratory kernel is built, not fetched: run 'ringbench kernel build \(kernel.name)'")
    }
    entry = try KernelCatalogue.entry(parts[0], or: others)
    version = parts.count > 1 ? parts[1] : nil
    if let version, !Self.isVersion(version) {
      throw RingbenchError.badInput(
        "'\(text)': the version of a Debian package is needed after @, as in debian-6.12@6.12.57-1")
    }
  }

  /// Whether a text begins with a name of the catalogue, with or without a version.
  static func isNamed(_ text: String) -> Bool {
    KernelCatalogue.entries.contains { $0.name == text.prefix { $0 != "@" } }
  }

  /// The packages of this kernel among those of the archive that match `CatalogueEntry.packagePattern`.
  ///
  /// - Throws: `badInput` when the archive does not have this version; `failed` when it has none.
  func packages(in archive: [ArchivedPackage]) throws(RingbenchError) -> [ArchivedPackage] {
    let prefix = "linux-image-"
    let images = archive.filter { $0.name.hasPrefix(prefix) }.sorted {
      VersionOrder.isBefore($1.description, $0.description)
    }
    guard !images.isEmpty else {
      throw RingbenchError.failed("Debian's suite \(entry.suite) has no package like \(entry.packagePattern)")
    }
    guard let image = images.first(where: { version == nil || $0.version == version }) else {
      let versions = images.map(\.version).joined(separator: ", ")
      throw RingbenchError.badInput("\(name): Debian's suite \(entry.suite) does not have it: it has \(versions)")
    }
    let suffix = "-\(image.name.dropFirst(prefix.count))"
    let parts = archive.filter { $0.version == image.version && $0.name.hasSuffix(suffix) }
    return parts.sorted { $0.name < $1.name }
  }

  /// The characters of versions, deb-version(7).
  private static func isVersion(_ text: String) -> Bool {
    guard let first = text.first, first.isASCII, first.isNumber else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".+~-:".contains($0)) }
  }
}
