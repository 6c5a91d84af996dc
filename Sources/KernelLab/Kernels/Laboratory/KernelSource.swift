import Base
import FoundationEssentials

/// Debian's source packages of one base, and the archive that has them.
struct KernelSource: Sendable {
  /// Newest first. A security suite keeps several versions, and a series of kernels has several packages.
  let versions: [ArchivedPackage]
  private let apt: AptPrograms

  /// Asks this system's apt sources where they have the base, and then Debian's suite.
  ///
  /// - Throws: `failed` when neither has a version; what `PrivateApt` throws.
  init(of base: KernelBase, cache: KernelCache) async throws {
    if base.isInSystem {
      var found = try await Self.newestFirst(base, in: .system)
      if found.isEmpty {
        // The system may never have read its lists. The update may not be permitted.
        _ = try? await HelperProgram.aptGet.run(["--quiet", "update"])
        found = try await Self.newestFirst(base, in: .system)
      }
      if !found.isEmpty {
        (versions, apt) = (found, .system)
        return
      }
    }
    apt = try await PrivateApt(suite: base.suite, cache: cache).programs
    versions = try await Self.newestFirst(base, in: apt)
    guard !versions.isEmpty else {
      throw RingbenchError.failed("Debian's suite \(base.suite) has no package like \(base.packagePattern)")
    }
  }

  private static func newestFirst(_ base: KernelBase, in apt: AptPrograms) async throws -> [ArchivedPackage] {
    // A version is listed once for each of its mirrors.
    let found = Set(try await apt.packages(matching: base.packagePattern))
    return found.sorted { VersionOrder.isBefore($1.version, $0.version) }
  }

  /// Downloads a version and unpacks the kernel's tree into a folder. apt checks the download against Debian's keys.
  ///
  /// - Returns: the path of the tree.
  /// - Throws: `AptPrograms.VanishedPackage`; `failed` for another reason.
  func unpack(_ package: ArchivedPackage, to folder: String) async throws -> String {
    try Files.makeFolder(folder)
    try await apt.download([package], to: folder)
    guard let archive = Files.names(in: folder).first(where: { $0.hasSuffix(".deb") }) else {
      throw RingbenchError.failed("\(package): apt-get downloaded nothing")
    }
    try await HelperProgram.dpkgDeb.run(["--extract", archive, "."], in: folder)
    try await HelperProgram.tar.run(["--extract", "--file", "usr/src/\(package.name).tar.xz"], in: folder)
    try? FileManager.default.removeItem(atPath: "\(folder)/\(archive)")
    try? FileManager.default.removeItem(atPath: "\(folder)/usr")
    return "\(folder)/\(package.name)"
  }
}
