import ArgumentParser
import Base
import FoundationEssentials
import KernelLab
import Processes

/// `ringbench vm compare`.
struct VMCompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measures the same cells under two kernels and compares them.",
    discussion: """
      Writes baseline/, new/, comparison.json and comparison.txt. Debian kernels that are not in the cache are fetched \
      first; debian-6.12@6.12.57-1 is that version of debian-6.12.

      Exit status: 0 nothing got worse, 1 a cell got worse beyond the threshold, 2 bad usage or input, 3 a guest or a \
      cell failed, or a kernel can't be fetched, 4 nothing comparable, 77 nothing can run, 130 interrupted.
      """)

  @Option(
    help: .init("What to boot: first the baseline, then the new one.", valueName: "kernel"),
    transform: KernelReference.init)
  var kernel: [KernelReference]

  @Option(
    help: .init("The change in percent that counts. (default: 0.5 if deterministic, else 5)", valueName: "percent"))
  var threshold: Double?

  @OptionGroup(title: "The machine") var machine: MachineArguments
  @OptionGroup(title: "The run") var guest: GuestRunArguments

  @Option(help: .init("An empty or new folder. (default: Results/<time>-vm-compare)", valueName: "dir"))
  var output: String?

  func validate() throws {
    guard kernel.count == 2 else {
      throw ValidationError("--kernel: two are needed, the baseline and the new one; there are \(kernel.count).")
    }
    guard threshold ?? 0 >= 0 else { throw ValidationError("--threshold: a percentage from 0 is needed.") }
  }

  mutating func run() async throws {
    let options = try guest.options()
    let runs = kernel.map { kernel in
      var run = VirtualMachineRun(kernel: kernel, machine: machine.options, run: options)
      run.jobs = machine.jobs
      run.shard = machine.shard.map { ($0.number, $0.count) }
      return run
    }
    guard !machine.showCommand else { return print(try runs.map { try $0.shellCommand() }.joined(separator: "\n")) }
    let comparison = VirtualMachineComparison(baseline: runs[0], new: runs[1], threshold: threshold)
    let folder = output ?? "Results/\(Timestamp.compact(.now))-vm-compare"
    let cache = machine.cache
    let (text, status) = try await Interruption.cancelling { try await comparison.start(in: folder, cache: cache) }
    print(text, terminator: "")
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
