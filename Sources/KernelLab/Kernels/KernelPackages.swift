import Base
import FoundationEssentials
import Glibc

/// The Debian packages of one kernel. The image and the modules share a package, or each has its own.
enum KernelPackages {
  /// A package that can't be unpacked.
  struct Damage: Error {
    var package: String
    var reason: String
  }

  /// Unpacks the kernel's image and the modules that a guest needs into a new folder.
  ///
  /// - Throws: `Damage`; `badInput` when no package has a kernel image.
  static func unpack(_ packages: [String], to folder: String) async throws {
    let tree = folder + "/tree"
    try Files.makeFolder(StoredKernel.modules(in: folder))
    defer { try? FileManager.default.removeItem(atPath: tree) }
    for package in packages {
      do { try await HelperProgram.dpkgDeb.run(["--extract", package, tree]) } catch let error as RingbenchError
        where error.status == .failed
      {
        let isFull = error.message.contains(String(cString: strerror(ENOSPC)))
        throw isFull ? error.about(package) : Damage(package: package, reason: error.message)
      }
    }
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: tree)) ?? []
    guard let image = files.first(where: isImage) else {
      throw RingbenchError.badInput(
        "\(packages.joined(separator: ", ")): no kernel image in it: is it linux-image or linux-binary?")
    }
    try Files.move("\(tree)/\(image)", over: StoredKernel.image(in: folder))
    let modules = files.filter { $0.contains(".ko") }.map { "\(tree)/\($0)" }
    try await GuestModules.collect(from: modules, to: StoredKernel.modules(in: folder))
  }

  /// `boot/vmlinuz-6.12.9-amd64`, or `usr/lib/modules/7.3.4-amd64/vmlinuz`.
  private static func isImage(_ path: String) -> Bool {
    Paths.name(of: path).hasPrefix("vmlinuz")
  }
}
