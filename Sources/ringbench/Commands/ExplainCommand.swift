import ArgumentParser
import Arguments
import Base
import KernelLab
import Processes
import Vocabulary

/// `ringbench explain`.
struct ExplainCommand: AsyncParsableCommand, PlannedCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows which functions make the difference between two kernels or two modes.",
    discussion: """
      Counts the instructions of every function of the kernel and of the workload in a deterministic virtual machine. With \
      two kernels, each cell is compared between them; with --by mode and --baseline, each cell with the one of that mode; \
      else each cell is explained by itself. What is explained adds up to the reported instructions exactly.

      Writes explanation.json and .txt, the stacks of each side for flame graphs (*.collapsed) and for KCachegrind \
      (callgrind.out.*), and report.html. Further cells are in folders 2, 3 and so on; the largest difference comes first.

      Exit status: 0 done, 2 bad usage or input, 3 a guest or a cell failed, or the counts don't add up, 77 nothing can \
      run, this QEMU can't be profiled, or the kernel doesn't name its functions, 130 interrupted.
      """)

  @Option(
    help: .init("What to boot: one kernel, or the baseline and the new one.", valueName: "kernel"),
    completion: .names(orFiles: []) { KernelList().names }, transform: KernelReference.init)
  var kernel: [KernelReference]

  @Option(help: .init("What differs between the cells that are compared: mode.", valueName: "axis"))
  var by: ExplainedAxis?

  @Option(help: .init("With --by mode: the mode that the others are compared with.", valueName: "mode"))
  var baseline: Mode?

  @Flag(help: "Also counts misses of simulated caches, mispredicted branches and locked operations; five times slower.")
  var caches = false

  @OptionGroup(title: "The machine") var machine: DeterministicMachineArguments
  @OptionGroup(title: "The run") var guest: GuestRunArguments

  @Option(
    help: .init("An empty or new folder. (default: Results/<time>-explain)", valueName: "dir"), completion: .directory)
  var output: String?

  func validate() throws {
    guard (1...2).contains(kernel.count) else {
      throw ValidationError("--kernel: one or two are needed; there are \(kernel.count).")
    }
    guard (by == nil) == (baseline == nil) else {
      throw ValidationError("--by mode and --baseline: each needs the other.")
    }
    guard by == nil || kernel.count == 1 else {
      throw ValidationError("--by mode: compares modes of one kernel; there are \(kernel.count) kernels.")
    }
  }

  func readRest() throws { _ = try RunCommand.parse(guest.runOptions) }

  func check() throws { try asked().check() }

  private func asked() throws -> KernelExplanation {
    let options = try guest.options()
    let runs = kernel.map { kernel in
      var run = VirtualMachineRun(kernel: kernel, machine: machine.options, run: options)
      run.jobs = machine.jobs
      return run
    }
    return KernelExplanation(kernels: runs, baselineMode: baseline, countsCaches: caches)
  }

  mutating func run() async throws {
    let explanation = try asked()
    try explanation.check()
    let (cache, output) = (machine.cache, output)
    let end = try await Interruption.cancelling { try await explanation.start(in: output, cache: cache) }
    print(end.text, terminator: "")
    if end.status != .done { throw CommandEnd(end.status) }
  }
}

/// What cells of one kernel can be compared by.
enum ExplainedAxis: String, CaseIterable, ExpressibleByArgument {
  case mode
}
