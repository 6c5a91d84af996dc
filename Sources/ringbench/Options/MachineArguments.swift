import ArgumentParser
import Arguments
import Base
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

  @Option(
    help: .init("With --deterministic: machines that measure at once. (default: one for each CPU)", valueName: "n"))
  var jobs: Int?

  @Option(
    help: .init(
      "With --deterministic: measures part K of N of the cells; 'ringbench merge' joins the parts.", valueName: "k/n"),
    transform: part)
  var shard: ShardChoice?

  @Flag(help: "Uses the kernels in the cache, and downloads nothing.")
  var offline = false

  @Flag(help: "Prints the command that would start QEMU, and does nothing.")
  var showCommand = false

  func validate() throws {
    guard deterministic || (jobs == nil && shard == nil) else {
      throw ValidationError("--jobs and --shard: need --deterministic: other machines disturb each other.")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs): a whole number from 1 is needed.") }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout \(timeout): a number of seconds above 0, at most a day, is needed.")
    }
  }

  @Sendable private static func part(_ text: String) throws -> ShardChoice {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Count.positive(String($0)) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1], number <= count else {
      throw RingbenchError.badInput("a part and the number of parts are needed, such as 1/4")
    }
    return ShardChoice(number: number, count: count)
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

/// One of several parts of a run.
struct ShardChoice: Sendable {
  var number: Int
  var count: Int
}

extension AcceleratorChoice: ExpressibleByArgument {}
