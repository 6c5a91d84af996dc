import ArgumentParser
import KernelLab
import Processes

/// `ringbench kernel build`.
struct KernelBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds the laboratory kernel into the cache.",
    discussion: """
      Takes Debian's package linux-source-6.12 and the folder Kernel of a clone: some minutes, and three gigabytes of \
      disk while it lasts. A kernel of the same recipe that is in the cache already is left as it is. What the build \
      needs is installed by scripts/setup.

      Exit status: 0 built, 2 bad usage or no recipe, 3 the source can't be had or does not compile, 77 a program is \
      missing, 130 interrupted.
      """)

  @Argument(
    help: .init("lab, or lab-debug with KASAN, lockdep and leak detection.", valueName: "name"),
    transform: LaboratoryKernel.init(argument:))
  var name: LaboratoryKernel

  @Option(help: .init("The recipe. (default: the folder Kernel of the clone this was built in)", valueName: "dir"))
  var sources: String?

  @Flag(help: "Builds it even if the cache has it, on the newest source.")
  var anew = false

  @Flag(help: "Shows no progress.")
  var quiet = false

  mutating func run() async throws {
    let build = try LaboratoryBuild(name, sources: sources, quiet: quiet)
    let anew = anew
    let kernel = try await Interruption.cancelling { try await build.start(anew: anew) }
    print("\(kernel.name): \(kernel.release) (\(kernel.packages.joined(separator: ", ")))")
  }
}
