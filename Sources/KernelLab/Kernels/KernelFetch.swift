import Base
import Documents
import FoundationEssentials

/// Brings kernels of the catalogue into the cache.
package enum KernelFetch {
  /// Fetches a kernel: the newest of its series unless the cache has that already, or the version that it names.
  ///
  /// When the archive can't be reached, the kernel of that name in the cache is used, with a line on standard error.
  package static func fetch(_ kernel: DebianKernel, into cache: KernelCache) async throws -> StoredKernel {
    // What a name without a version stands for changes, so the archive has to be asked.
    let isFinal = kernel.version != nil || cache.isOffline
    if isFinal, let stored = try stored(kernel, in: cache) { return stored }
    let old = cache.kernel(kernel.name)
    try cache.prepare()
    let work = try TemporaryFolder(in: cache.kernelsFolder)
    let packages: [String]
    do {
      packages = try await download(kernel, unlike: old, to: work.path, cache)
      if old?.packages != packages { try await unpack(work) }
    } catch let error as RingbenchError where error.status != .badInput {
      guard let old else { throw error.about(kernel.name) }
      let version = old.version ?? old.release
      StandardError.line("ringbench: using \(kernel.name) of the cache, \(version): \(error.message)")
      return old
    }
    if let old, old.packages == packages { return old }
    let finished = work.file("kernel")
    let source = StoredKernel.Source(packages: packages)
    try Files.write(try ResultsJSON.document(source), to: StoredKernel.source(in: finished))
    return try cache.store(finished, as: kernel.name)
  }

  /// Unpacks the downloaded packages into `kernel`. They are gone afterwards in every case.
  private static func unpack(_ work: TemporaryFolder) async throws {
    let files = Files.names(in: work.path).filter { $0.hasSuffix(".deb") }.map(work.file)
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    do { try await KernelPackages.unpack(files, to: work.file("kernel")) } catch let damage as KernelPackages.Damage {
      let name = Paths.name(of: damage.package)
      throw RingbenchError.failed("\(name) was downloaded and is damaged: \(damage.reason): it was removed: try again")
    }
  }

  /// The kernel in the cache; nil when it has to be fetched.
  ///
  /// - Throws: `badInput` when it has to be fetched and the cache is offline.
  static func stored(_ kernel: DebianKernel, in cache: KernelCache) throws -> StoredKernel? {
    if let stored = cache.kernel(kernel.name) { return stored }
    if let version = kernel.version, let newest = cache.kernel(kernel.entry.name), newest.version == version {
      return try copy(newest, as: kernel.name, in: cache)
    }
    guard cache.isOffline else { return nil }
    throw RingbenchError.badInput(
      "\(kernel.name) is not in the cache, and --offline downloads nothing: run 'ringbench kernel fetch \(kernel.name)'"
        + " where there is a network")
  }

  /// A kernel with a version keeps its own files, because the newest of the series will be replaced.
  private static func copy(_ kernel: StoredKernel, as name: String, in cache: KernelCache) throws -> StoredKernel {
    try cache.prepare()
    let work = try TemporaryFolder(in: cache.kernelsFolder)
    try Files.copy(kernel.folder, to: work.file("kernel"))
    return try cache.store(work.file("kernel"), as: name)
  }

  /// Downloads the kernel's packages, unless they are those of a kernel in the cache.
  ///
  /// - Returns: the packages with their versions.
  private static func download(
    _ kernel: DebianKernel, unlike old: StoredKernel?, to folder: String, _ cache: KernelCache
  ) async throws -> [String] {
    let apt = try await PrivateApt(suite: kernel.entry.suite, cache: cache)
    let packages = try kernel.packages(in: try await apt.packages(matching: kernel.entry.packagePattern))
    let names = packages.map(\.description)
    if old?.packages != names { try await apt.download(packages, to: folder) }
    return names
  }
}
