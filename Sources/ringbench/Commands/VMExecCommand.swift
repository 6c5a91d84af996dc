import ArgumentParser
import Arguments
import KernelLab
import Processes

/// `ringbench vm exec`.
struct VMExecCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec",
    abstract: "Boots a kernel in QEMU and runs a program of this machine there.",
    discussion: """
      The program is linked statically: the guest has no libraries, no shell and no other program. It finds /proc, \
      /sys, /dev, /tmp, the loopback interface and, on /var/tmp, ext4 on a RAM disk. It runs as root. Its standard \
      output and standard error appear here while it runs.

      Exit status: 0 the program ended with status 0, 2 bad usage or input, 3 the program ended otherwise, the \
      guest failed (a panic, a fault that the kernel reported, or not ended within --timeout), or the kernel can't be \
      fetched, 77 nothing can run, 130 interrupted.
      """)

  @Option(
    help: .init("What to boot.", valueName: "kernel"), completion: .names(orFiles: []) { KernelList().names },
    transform: KernelReference.init)
  var kernel: KernelReference

  @OptionGroup(title: "The machine") var machine: MachineArguments

  @Option(
    help: .init("A raw image as the guest's virtio disk /dev/vda; writes to it are discarded.", valueName: "file"),
    completion: .file())
  var disk: String?

  @Option(help: .init("The most operations that the disk does in a second. (default: no limit)", valueName: "n"))
  var diskOperationsPerSecond: Int?

  @Argument(
    parsing: .postTerminator, help: .init("The program and its arguments.", valueName: "program"), completion: .file())
  var command: [String] = []

  func validate() throws {
    guard !command.isEmpty else { throw ValidationError("a program is needed after --.") }
    if let rate = diskOperationsPerSecond {
      guard disk != nil, rate > 0 else {
        throw ValidationError("--disk-operations-per-second: a number above 0, and --disk, are needed.")
      }
    }
  }

  mutating func run() async throws {
    var options = machine.options
    options.disk = disk.map { .init(path: $0, operationsPerSecond: diskOperationsPerSecond) }
    let execution = VirtualMachineExecution(
      kernel: kernel, machine: options, program: command[0], arguments: Array(command.dropFirst()))
    guard !machine.showCommand else { return print(try execution.shellCommand()) }
    let cache = machine.cache
    try await Interruption.cancelling { try await execution.start(cache: cache) }
  }
}
