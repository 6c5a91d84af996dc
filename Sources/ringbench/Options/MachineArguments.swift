import ArgumentParser
import Arguments
import KernelLab
import Vocabulary

/// The options that describe a virtual machine.
struct MachineArguments: ParsableArguments {
  @Option(help: .init("NUMA nodes, over which CPUs and memory are split evenly.", valueName: "n"))
  var nodes = 1

  @Option(help: .init("CPUs. (default: one for each node)", valueName: "n"))
  var cpus: Int?

  @Option(help: .init("Memory of all nodes together. (default: 512M for each node)", valueName: "size"))
  var memory: ByteSize?

  @Option(help: .init("The distance between nodes; 10 is that of a node to itself.", valueName: "n"))
  var distance = 20

  @Option(help: .init("auto, kvm or tcg. auto takes KVM when a kernel boots under it.", valueName: "accel"))
  var accel = AcceleratorChoice.auto

  @Flag(help: "Counts instructions instead of time: the same digits every time, on any machine.")
  var deterministic = false

  @Option(help: .init("Ends a guest that takes longer.", valueName: "seconds"))
  var timeout = 300.0

  @Option(help: .init("Adds to the kernel's command line; can be repeated.", valueName: "parameters"))
  var append: [String] = []

  @Flag(help: "Uses the kernels in the cache, and downloads nothing.")
  var offline = false

  @Flag(help: "Prints the command that would start QEMU, and does nothing.")
  var showCommand = false

  func validate() throws {
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout \(timeout): a number of seconds above 0, at most a day, is needed.")
    }
  }

  var cache: KernelCache { KernelCache(isOffline: offline) }

  var options: MachineOptions {
    var options = MachineOptions()
    options.nodes = nodes
    options.cpus = cpus
    options.memory = memory?.bytes
    options.distance = distance
    options.accelerator = accel
    options.isDeterministic = deterministic
    options.timeout = timeout
    options.kernelParameters = append
    return options
  }
}

extension AcceleratorChoice: ExpressibleByArgument {}
