import ArgumentParser
import Arguments
import KernelLab
import Processes

/// `ringbench kernel fetch`.
struct KernelFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetches the newest kernel of a name, or one version, into the cache.",
    discussion: """
      Kernels come from the Debian mirror of this system's apt sources. apt is given a configuration of its own, so \
      the system's sources stay as they are. Each download is tried three times. If the archive can't be reached, the \
      kernel of that name in the cache is used. The cache is $XDG_CACHE_HOME/ringbench, or ~/.cache/ringbench.

      debian-6.12@6.12.57-1 is that version of the Debian package, as long as the archive has it. It is kept beside \
      the newest. An unknown version, such as debian-6.12@0, lists those that the archive has.

      Exit status: 0 the kernel is in the cache, 2 bad usage, an unknown version, a cache that can't be written to, or \
      not in the cache with --offline, 3 it can't be fetched or came damaged, 77 a program or the mirror is missing, 130 interrupted.
      """)

  @Argument(
    help: .init(
      "\(KernelCatalogue.entries.map(\.name).joined(separator: ", ")), or one of them with @ and a version.",
      valueName: "name"),
    completion: .names(orFiles: nil) { KernelList().fetchableNames },
    transform: DebianKernel.init)
  var name: DebianKernel

  @Flag(help: "Uses the kernel in the cache, and downloads nothing.")
  var offline = false

  mutating func run() async throws {
    let name = name
    let cache = KernelCache(isOffline: offline)
    let kernel = try await Interruption.cancelling { try await KernelFetch.fetch(name, into: cache) }
    print("\(kernel.name): \(kernel.release)\(kernel.version.map { " (\($0))" } ?? "")")
  }
}
