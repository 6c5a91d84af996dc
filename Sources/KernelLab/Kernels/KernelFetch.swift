import Base
import Documents
import FoundationEssentials

/// Brings kernels of the catalogue into the cache.
package enum KernelFetch {
  /// Fetches the newest kernel of an entry, unless the cache has it already.
  package static func fetch(_ entry: CatalogueEntry, into cache: KernelCache) async throws -> StoredKernel {
    try Files.makeFolder(cache.path + "/kernels")
    let apt = try await PrivateApt(suite: entry.suite, cache: cache)
    let packages = try await packages(of: entry, apt)
    var source = StoredKernel.Source(packages: [])
    for package in packages { source.packages.append("\(package) \(try await apt.version(of: package))") }
    if let kernel = cache.kernel(entry.name), kernel.packages == source.packages { return kernel }
    let work = try TemporaryFolder(in: cache.path + "/kernels")
    try await apt.download(packages, to: work.path)
    let files = Files.names(in: work.path).filter { $0.hasSuffix(".deb") }.map(work.file)
    let finished = work.file("kernel")
    try await KernelPackages.unpack(files, to: finished)
    try Files.write(try ResultsJSON.document(source), to: StoredKernel.source(in: finished))
    try Files.move(finished, over: cache.kernelFolder(entry.name))
    return try StoredKernel(name: entry.name, folder: cache.kernelFolder(entry.name))
  }

  /// The newest image package. Newer kernels have separate packages for the image's file and for the modules: those are
  /// included.
  private static func packages(of entry: CatalogueEntry, _ apt: PrivateApt) async throws -> [String] {
    let images = try await apt.packages(matching: entry.packagePattern)
    guard let newest = images.max(by: VersionOrder.isBefore) else {
      throw RingbenchError.failed("Debian's suite \(entry.suite) has no package like \(entry.packagePattern)")
    }
    let release = newest.dropFirst("linux-image-".count).replacing("+", with: "[+]").replacing(".", with: "[.]")
    return try await apt.packages(matching: "^linux-(image|binary|modules)-\(release)$").sorted()
  }
}
