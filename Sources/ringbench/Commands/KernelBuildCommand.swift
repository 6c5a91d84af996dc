import ArgumentParser
import Arguments
import KernelLab
import Processes

/// `ringbench kernel build`.
struct KernelBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds a laboratory kernel into the cache.",
    discussion: """
      Builds Debian's kernel source package with the folder Kernel of a clone. This takes some minutes, and three \
      gigabytes of disk meanwhile. If the cache has a kernel of the same recipe, nothing is built. A second build of the \
      same kernel waits for the first. scripts/setup installs what the build needs.

      The kernel is made from the newest source that Kernel/series fits. 'lab --source 7' is the kernel lab-7.

      Exit status: 0 built, 2 bad usage, no recipe, or not in the cache with --offline, 3 the source can't be fetched, \
      the series does not fit or does not compile, 77 a program is missing, 130 interrupted.
      """)

  @Argument(
    help: .init(
      """
      \(LaboratoryKernel.names). \
      \(LaboratoryVariant.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "; ")).
      """, valueName: "name"),
    completion: .list(LaboratoryKernel.allCases.map(\.name)),
    transform: LaboratoryKernel.init(argument:))
  var name: LaboratoryKernel

  @Option(
    help: .init("The kernel series to build from. (default: that of the name)", valueName: "series"),
    completion: .list(KernelBase.all.map(\.name)), transform: KernelBase.init(argument:))
  var source: KernelBase?

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
    let kernel = try source.map(name.made(from:)) ?? name
    let build = try LaboratoryBuild(kernel, sources: sources, cache: KernelCache(isOffline: offline), quiet: quiet)
    let anew = anew
    let stored = try await Interruption.cancelling { try await build.start(anew: anew) }
    print("\(stored.name): \(stored.release) (\(stored.packages.joined(separator: ", ")))")
  }
}
