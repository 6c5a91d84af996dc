package import Base

/// `ringbench vm exec`: one program in a guest.
package struct VirtualMachineExecution: Sendable {
  package var kernel: KernelReference
  package var machine: MachineOptions
  /// The path of a statically linked program on this host.
  package var program: String
  package var arguments: [String]

  package init(kernel: KernelReference, machine: MachineOptions, program: String, arguments: [String]) {
    self.kernel = kernel
    self.machine = machine
    self.program = program
    self.arguments = arguments
  }

  /// The command that would start QEMU. The initramfs and the kernel need not exist.
  package func shellCommand(cache: KernelCache = KernelCache()) throws(RingbenchError) -> String {
    try machine.check()
    return PreparedMachine.shellCommand(kernel, machine, cache: cache)
  }

  /// Runs the program to its end. Its output appears on this process's own streams.
  ///
  /// - Throws: `badInput` and `cannotRun` before anything is started; `failed` for a guest that failed, and for
  ///   a program that did not end with status 0.
  package func start(cache: KernelCache = KernelCache()) async throws {
    try machine.check()
    let executables = try GuestExecutables(program: program)
    let path = executables.programPath ?? program
    let prepared = try await PreparedMachine(
      kernel, machine, executables, .program(path: path, arguments: arguments), cache: cache)
    // A log is the program's own: nothing else is written there.
    let output = ProgressOutput(quiet: false)
    let boot = output.kind == .terminal ? BootProgress(kernel.name, output) : nil
    var conversation = try ProgramConversation(channel: prepared.command.channel, boot: boot)
    try await prepared.start {
      try conversation.listen()
      return conversation.end
    }
    guard let end = conversation.programEnd else {
      throw RingbenchError.failed("the guest did not say how \(program) ended")
    }
    if let problem = end.problem { throw RingbenchError.failed("\(program) \(problem)") }
  }
}
