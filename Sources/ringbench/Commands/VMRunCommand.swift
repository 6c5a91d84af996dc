import ArgumentParser
import Arguments
import Base
import Documents
import KernelLab
import Processes
import Reporting
import Running

/// `ringbench vm run`.
struct VMRunCommand: AsyncParsableCommand, PlannedCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Boots a kernel in QEMU and measures the cells of a suite there.",
    discussion: """
      A kernel is the path of a bzImage or of a Debian package, a name from 'ringbench kernel list', or lab. \
      debian-6.12@6.12.57-1 is that version of debian-6.12. A Debian kernel that is not in the cache is fetched.

      Exit status: 0 done, 2 bad usage or input, 3 the guest or a cell failed, or the kernel can't be \
      fetched, 77 nothing can run, 130 interrupted.
      """)

  @Option(
    help: .init("What to boot.", valueName: "kernel"), completion: .names(orFiles: []) { KernelList().names },
    transform: KernelReference.init)
  var kernel: [KernelReference]

  @OptionGroup(title: "The machine") var machine: MachineArguments
  @OptionGroup(title: "The run") var guest: GuestRunArguments

  @Option(
    help: .init("An empty or new folder. (default: Results/<time>-<suite>)", valueName: "dir"), completion: .directory)
  var output: String?

  @OptionGroup(title: "The exit status") var status: StatusOptions

  @Flag(help: "Prints every cell with its interval and remarks, not the matrix.")
  var details = false

  func validate() throws {
    guard kernel.count == 1 else {
      throw ValidationError("--kernel: one is needed; there are \(kernel.count): 'ringbench vm compare' takes two.")
    }
  }

  func readRest() throws { _ = try RunCommand.parse(guest.runOptions) }

  func check() throws { _ = try asked().plan() }

  private func asked() throws -> VirtualMachineRun {
    var run = VirtualMachineRun(kernel: kernel[0], machine: machine.options, run: try guest.options())
    run.jobs = machine.jobs
    run.shard = machine.shard.map { ($0.number, $0.count) }
    return run
  }

  mutating func run() async throws {
    let run = try asked()
    guard !machine.showCommand else { return print(try run.shellCommand()) }
    let cache = machine.cache
    let output = output
    let ending = try await Interruption.cancelling { try await run.start(in: output, cache: cache) }
    try ending.folder.writePage(ending.document)
    print(RunReport(ending.document, in: ending.folder, details: details).text, terminator: "")
    if let nothing = ending.nothingRan { StandardError.line("ringbench: \(nothing)") }
    if ending.status != .done { throw CommandEnd(ending.status) }
  }
}
