/// What `ringbench kernel list` prints: a line for each name.
package struct KernelList: Sendable {
  private let cache: KernelCache

  package init(cache: KernelCache = KernelCache()) { self.cache = cache }

  package var text: String {
    let fetchable = KernelCatalogue.entries.map { entry in
      line(entry.name, "from Debian's suite \(entry.suite), not fetched")
    }
    let buildable = LaboratoryKernel.allCases.map { kernel in
      line(kernel.rawValue, "the laboratory kernel, not built: ringbench kernel build \(kernel.rawValue)")
    }
    return (fetchable + buildable).joined()
  }

  private func line(_ name: String, _ otherwise: String) -> String {
    let padded = name + String(repeating: " ", count: max(1, 12 - name.count))
    guard let kernel = cache.kernel(name) else { return "\(padded)\(otherwise)\n" }
    return "\(padded)\(([kernel.release] + kernel.packages.map { "(\($0))" }).joined(separator: " "))\n"
  }
}
