import Base
import FoundationEssentials

/// Debian's kernel source package, from this system's apt sources.
enum KernelSource {
  static let package = "linux-source-6.12"

  /// The available versions, newest first. A security suite keeps several.
  ///
  /// - Throws: `failed` when there is none.
  static func versions() async throws -> [String] {
    var versions = try await listed()
    if versions.isEmpty {
      // The system may never have read its lists. If the update is not permitted, the error below says what to do.
      _ = try? await HelperProgram.aptGet.run(["--quiet", "update"])
      versions = try await listed()
    }
    guard !versions.isEmpty else {
      throw RingbenchError.failed(
        "no source package \(package) in this system's apt sources: use Debian 12 or 13 with its security suite, and "
          + "run 'apt-get update'")
    }
    return versions
  }

  private static func listed() async throws -> [String] {
    let lines = try await HelperProgram.aptCache.lines(["madison", package])
    let versions = lines.compactMap(ArchivedPackage.init(madison:)).map(\.version)
    return versions.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Downloads a version and unpacks the kernel's tree into a folder. apt checks the download against Debian's keys.
  ///
  /// - Returns: the path of the tree.
  static func unpack(_ version: String, in work: TemporaryFolder) async throws -> String {
    let folder = work.file("source")
    try Files.makeFolder(folder)
    do { try await HelperProgram.aptGet.run(["--quiet", "download", "\(package)=\(version)"], in: folder) } catch let
      error as RingbenchError
    {
      throw error.about("\(package) \(version) can't be downloaded")
    }
    guard let archive = Files.names(in: folder).first(where: { $0.hasSuffix(".deb") }) else {
      throw RingbenchError.failed("\(package) \(version): apt-get downloaded nothing")
    }
    try await HelperProgram.dpkgDeb.run(["--extract", archive, "."], in: folder)
    try await HelperProgram.tar.run(["--extract", "--file", "usr/src/\(package).tar.xz"], in: folder)
    try? FileManager.default.removeItem(atPath: "\(folder)/\(archive)")
    try? FileManager.default.removeItem(atPath: "\(folder)/usr")
    return "\(folder)/\(package)"
  }
}
