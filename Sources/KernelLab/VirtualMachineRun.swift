package import Driver
import FoundationEssentials
package import Results

/// `ringbench vm run`, from the options to the files.
package struct VirtualMachineRun: Sendable {
  package var kernel: KernelReference
  package var machine: MachineOptions
  package var run: RunOptions

  /// Guest seconds before the first trial: a kernel goes on initialising memory and clocks after it has booted. In a
  /// deterministic machine they pass at once.
  private static let settleSeconds = 3.0
  /// How long a guest that has ended may take to turn its machine off.
  private static let powerOffLimit = Duration.seconds(5)

  package init(kernel: KernelReference, machine: MachineOptions, run: RunOptions) {
    self.kernel = kernel
    self.machine = machine
    self.run = run
  }

  /// Everything that is wrong with the options, found before anything is fetched or started.
  package func plan() throws(InputError) -> RunPlan {
    try machine.check()
    var run = run
    if machine.isDeterministic { run.seed = run.seed ?? 1 }
    // A second trial would be the first again.
    if machine.isDeterministic { run.trials = run.trials ?? 1 }
    let plan = try RunPlan(run, nodes: machine.hostNodes)
    guard machine.isDeterministic else { return plan }
    for planned in plan.cells where planned.cell.pattern == .stream || planned.cell.pattern == .paced {
      throw InputError(
        "--deterministic: pattern \(planned.cell.pattern.rawValue) asks how two CPUs get on at once, and this machine "
          + "has one: leave --deterministic out, or ask for drain or pingpong")
    }
    return plan
  }

  /// The command that would start QEMU. The initramfs and the kernel need not be there.
  package func shellCommand(cache: KernelCache = KernelCache()) throws -> String {
    _ = try plan()
    let choice: Accelerator? = machine.accelerator == .auto ? nil : Accelerator(rawValue: machine.accelerator.rawValue)
    let command = QemuCommand(
      machine, accelerator: choice, image: kernel.imagePath(in: cache), initramfs: "initramfs.cpio",
      console: "console.log", channel: "channel")
    return command.shell(program: HelperProgram.qemu.rawValue)
  }

  /// Runs the plan in a guest and writes the run's folder.
  ///
  /// - Throws: `InputError` and `CannotRunError` before anything is written; `LabError` and `StoreError` later.
  package func start(in folder: RunFolder, cache: KernelCache = KernelCache()) async throws -> ResultsDocument {
    let plan = try plan()
    do { try folder.checkIsFree() } catch { throw InputError("--output: \(error.message)") }
    let executables = try GuestExecutables(for: plan)
    let qemu = try HelperProgram.qemu.path()
    let kernel = try await kernel.resolve(in: cache)
    let accelerator = try await Accelerator.choose(machine, kernel)
    let work = try TemporaryFolder()
    let request = GuestRequest(plan: plan, settleSeconds: Self.settleSeconds)
    let initramfs = try await Initramfs(cache: cache, work: work).build(executables, kernel, request)
    let command = QemuCommand(
      machine, accelerator: accelerator, image: kernel.image, initramfs: initramfs, console: work.file("console"),
      channel: work.file("channel"))
    return try await converse(command, qemu, folder)
  }

  /// Boots the machine, records what it says, and judges its end. Whatever the end, no machine is left.
  private func converse(_ command: QemuCommand, _ qemu: String, _ folder: RunFolder) async throws -> ResultsDocument {
    var conversation = try GuestConversation(channel: command.channel) { header in
      try RunRecorder(adopted(header), folder: folder, quiet: run.quiet)
    }
    let process = MachineProcess(qemu, command.arguments, timeout: .seconds(machine.timeout))
    do {
      let end = try await follow(process, &conversation)
      try GuestVerdict.check(conversation.end, end, ConsoleLog(path: command.console), machine)
    } catch {
      await process.stop()
      let isKept = try conversation.finish(isComplete: false) != nil
      throw isKept ? Self.naming(folder, in: error) : error
    }
    guard let document = try conversation.finish(isComplete: true) else {
      throw LabError("the guest ended without having begun")
    }
    return document
  }

  /// Listens until the machine is off, or until it had time enough to be after it has said its end.
  private func follow(
    _ process: MachineProcess, _ conversation: inout GuestConversation
  ) async throws -> MachineProcess.End {
    var deadline: ContinuousClock.Instant?
    while true {
      let end = process.end
      try conversation.listen()
      if let end { return end }
      try Task.checkCancellation()
      if conversation.end != nil {
        deadline = deadline ?? .now + Self.powerOffLimit
        if let deadline, .now > deadline { await process.stop() }
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// The guest's header with what only the host knows: the user's command and the time of day.
  private func adopted(_ header: JournalHeader) -> JournalHeader {
    var header = header
    header.command = run.command
    header.started = Timestamp.iso8601(.now)
    return header
  }

  private static func naming(_ folder: RunFolder, in error: any Error) -> any Error {
    guard var error = error as? LabError else { return error }
    error.message += "; the trials before that are in \(folder.path)"
    return error
  }
}
