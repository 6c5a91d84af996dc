import ArgumentParser
import KernelLab
import Processes

/// `ringbench kernel fetch`.
struct KernelFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetches the newest kernel of a name into the cache.",
    discussion: """
      Kernels come from the Debian mirror of this system's apt sources. apt is given a configuration of its own, so \
      the system's sources stay as they are. The cache is $XDG_CACHE_HOME/ringbench, or ~/.cache/ringbench.
      """)

  @Argument(help: .init("A name from 'ringbench kernel list'.", valueName: "name"), transform: KernelCatalogue.entry)
  var name: CatalogueEntry

  mutating func run() async throws {
    let entry = name
    let kernel = try await Interruption.cancelling { try await KernelFetch.fetch(entry, into: KernelCache()) }
    print("\(kernel.name): \(kernel.release)")
  }
}
