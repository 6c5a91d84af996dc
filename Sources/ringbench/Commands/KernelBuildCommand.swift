import ArgumentParser
import Arguments
import KernelLab
import Processes

/// `ringbench kernel build`.
struct KernelBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds the laboratory kernel into the cache.",
    discussion: """
      Builds Debian's package linux-source-6.12 with the folder Kernel of a clone. This takes some minutes, and three \
      gigabytes of disk meanwhile. If the cache has a kernel of the same recipe, nothing is built. scripts/setup \
      installs what the build needs.

      Exit status: 0 built, 2 bad usage, no recipe, or not in the cache with --offline, 3 the source can't be fetched \
      or does not compile, 77 a program is missing, 130 interrupted.
      """)

  @Argument(
    help: .init("lab, or lab-debug with KASAN, lockdep and leak detection.", valueName: "name"),
    completion: .cases(of: LaboratoryKernel.self),
    transform: LaboratoryKernel.init(argument:))
  var name: LaboratoryKernel

  @Option(
    help: .init("The recipe. (default: the folder Kernel of the clone this was built in)", valueName: "dir"),
    completion: .directory)
  var sources: String?

  @Flag(help: "Builds from the newest source, even if the cache has the kernel.")
  var anew = false

  @Flag(help: "Uses the kernel in the cache if it is of the same recipe, and downloads nothing.")
  var offline = false

  @Flag(help: "Shows no progress.")
  var quiet = false

  func validate() throws {
    guard !anew || !offline else {
      throw ValidationError("--anew with --offline: a new build downloads the source: leave one of them out.")
    }
  }

  mutating func run() async throws {
    let build = try LaboratoryBuild(name, sources: sources, cache: KernelCache(isOffline: offline), quiet: quiet)
    let anew = anew
    let kernel = try await Interruption.cancelling { try await build.start(anew: anew) }
    print("\(kernel.name): \(kernel.release) (\(kernel.packages.joined(separator: ", ")))")
  }
}
