import Base

/// What `ringbench kernel list` prints: a line for each name, and for each version that is in the cache.
package struct KernelList: Sendable {
  private let cache: KernelCache

  package init(cache: KernelCache = KernelCache()) { self.cache = cache }

  package var text: String {
    let rows = KernelCatalogue.entries.flatMap(fetchable) + LaboratoryKernel.allCases.map(buildable)
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    return rows.map { $0.name + String(repeating: " ", count: width - $0.name.count) + $0.fact + "\n" }.joined()
  }

  /// Every name that `--kernel` takes.
  package var names: [String] { fetchableNames + LaboratoryKernel.allCases.map(\.name) }

  /// Every name that can be fetched, or was fetched with its version.
  package var fetchableNames: [String] { KernelCatalogue.entries.flatMap { [$0.name] + versions(of: $0) } }

  /// The versions in the cache that were fetched beside the newest.
  private func versions(of entry: CatalogueEntry) -> [String] {
    Files.names(in: cache.kernelsFolder).filter { $0.hasPrefix(entry.name + "@") }.sorted(by: VersionOrder.isBefore)
  }

  private struct Row {
    var name: String
    var fact: String
  }

  /// The newest of a series, and the versions that were fetched beside it.
  private func fetchable(_ entry: CatalogueEntry) -> [Row] {
    let newest = row(entry.name) ?? Row(name: entry.name, fact: "from Debian's suite \(entry.suite), not fetched")
    return [newest] + versions(of: entry).compactMap(row)
  }

  private func buildable(_ kernel: LaboratoryKernel) -> Row {
    let fact = "\(kernel.summary), not built: ringbench kernel build \(kernel.name)"
    return row(kernel.name) ?? Row(name: kernel.name, fact: fact)
  }

  /// The version and the release of a kernel in the cache; nil when it is not there.
  private func row(_ name: String) -> Row? {
    guard let kernel = cache.kernel(name) else { return nil }
    return Row(name: name, fact: "\(kernel.version ?? "unknown version"), Linux \(kernel.release)")
  }
}
