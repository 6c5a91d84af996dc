import ArgumentParser
import Base
import KernelLab
import Vocabulary

/// The options that describe a deterministic virtual machine.
struct DeterministicMachineArguments: ParsableArguments {
  @Option(help: .init("The machine's memory. (default: 512M)", valueName: "size"))
  var memory: ByteSize?

  @Option(help: .init("Ends a guest that takes longer.", valueName: "seconds"))
  var timeout = 300.0

  @Option(help: .init("Adds to the kernel's command line; can be repeated.", valueName: "parameters"))
  var append: [String] = []

  @Option(help: .init("Machines that measure at once. (default: one for each CPU)", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Uses the kernels in the cache, and downloads nothing.")
  var offline = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs): a whole number from 1 is needed.") }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout \(timeout): a number of seconds above 0, at most a day, is needed.")
    }
  }

  var cache: KernelCache { KernelCache(isOffline: offline) }

  var options: MachineOptions {
    var options = MachineOptions()
    options.memory = memory?.bytes
    options.timeout = timeout
    options.kernelParameters = append
    options.isDeterministic = true
    return options
  }
}
