import Base

/// A machine that is ready to start, with all its files. The files exist as long as this value.
struct PreparedMachine {
  /// How long a guest that has ended may take to turn its machine off.
  private static let powerOffLimit = Duration.seconds(5)

  let command: QemuCommand
  let options: MachineOptions
  private let qemu: String
  private let kernel: BootableKernel
  private let work: TemporaryFolder

  /// Finds or fetches the kernel, chooses the accelerator and packs the initramfs.
  ///
  /// - Throws: `badInput`, `cannotRun` and `failed` for what is missing.
  init(
    _ reference: KernelReference, _ options: MachineOptions, _ executables: GuestExecutables, _ request: GuestRequest,
    cache: KernelCache
  ) async throws {
    qemu = try HelperProgram.qemu.path()
    kernel = try await reference.resolve(in: cache)
    let accelerator = try await Accelerator.choose(options, kernel)
    work = try TemporaryFolder()
    self.options = options
    let initramfs = try await Initramfs(cache: cache, work: work).build(executables, kernel, request)
    command = QemuCommand(
      options, accelerator: accelerator, image: kernel.image, initramfs: initramfs, console: work.file("console"),
      channel: work.file("channel"))
  }

  /// The command that would start a machine. The initramfs and the kernel need not exist.
  static func shellCommand(_ kernel: KernelReference, _ options: MachineOptions, cache: KernelCache) -> String {
    let choice: Accelerator? = options.accelerator == .auto ? nil : Accelerator(rawValue: options.accelerator.rawValue)
    let command = QemuCommand(
      options, accelerator: choice, image: kernel.imagePath(in: cache), initramfs: "initramfs.cpio",
      console: "console.log", channel: "channel")
    return command.shell(program: HelperProgram.qemu.rawValue)
  }

  /// Boots the machine and judges how it ended. QEMU is gone afterwards in every case.
  ///
  /// - Parameter listen: Takes the messages since the last call, and returns the guest's end once it has arrived.
  /// - Throws: what `GuestVerdict` and `listen` throw; `CancellationError` when interrupted.
  func start(_ listen: () throws -> GuestEnd?) async throws {
    let process = MachineProcess(qemu, command.arguments, timeout: .seconds(options.timeout))
    do {
      let (end, guestEnd) = try await follow(process, listen)
      try GuestVerdict.check(guestEnd, end, ConsoleLog(path: command.console), options)
    } catch {
      await process.stop()
      throw error
    }
  }

  /// Listens until the machine is off. Stops it when it is still on some time after the guest's end.
  private func follow(
    _ process: MachineProcess, _ listen: () throws -> GuestEnd?
  ) async throws -> (MachineProcess.End, GuestEnd?) {
    var deadline: ContinuousClock.Instant?
    while true {
      let end = process.end
      let guestEnd = try listen()
      if let end { return (end, guestEnd) }
      try Task.checkCancellation()
      if guestEnd != nil {
        deadline = deadline ?? .now + Self.powerOffLimit
        if let deadline, .now > deadline { await process.stop() }
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
