import Base
import Documents
import FoundationEssentials
import Glibc
import Processes

/// A deterministic machine that was saved right before its first trial. Every machine that goes on from it is the same to
/// the instruction, so the digits of a cell depend on nothing that was measured before.
struct SavedMachine: Sendable {
  /// The guest's time since boot when it is saved. A kernel goes on initialising memory and clocks after it has booted. The
  /// time that the guest idles away passes at once.
  private static let uptimeSeconds = 60.0
  private static let capabilities =
    #"{"capabilities": [{"capability": "x-ignore-shared", "state": true}]}"#

  let options: MachineOptions
  /// What the digits depend on.
  let fingerprint: Fingerprint
  private let qemu: String
  let kernel: BootableKernel
  private let initramfs: String
  private let work: TemporaryFolder

  private let memoryFolder: TemporaryFolder

  private var memory: String { memoryFolder.file("memory") }
  private var state: String { work.file("state") }

  /// Boots the kernel and saves the machine.
  ///
  /// - Throws: `badInput`, `cannotRun` and `failed` for what is missing; `cannotRun` too when the kernel has no io_uring.
  init(_ reference: KernelReference, _ options: MachineOptions, cache: KernelCache, quiet: Bool) async throws {
    self.options = options
    qemu = try HelperProgram.qemu.path()
    kernel = try await reference.resolve(in: cache)
    work = try TemporaryFolder()
    memoryFolder = try Self.memoryFolder(for: options)
    initramfs = try await Initramfs(cache: cache, work: work).build(
      try GuestExecutables.all(), kernel, .pause(uptimeSeconds: Self.uptimeSeconds))
    fingerprint = try await Fingerprint(image: kernel.image, initramfs: initramfs, qemu: qemu, options)
    try await save(BootProgress(kernel.name, ProgressOutput(quiet: quiet)))
  }

  /// A folder for the memory of a machine: in memory where there is plenty, else on disk.
  private static func memoryFolder(for options: MachineOptions) throws(RingbenchError) -> TemporaryFolder {
    var space = statvfs()
    let hasRoom =
      statvfs("/dev/shm", &space) == 0 && Int(space.f_bavail) * Int(space.f_frsize) >> 20 > 16 * options.megabytes
    return try TemporaryFolder(in: hasRoom ? "/dev/shm" : nil)
  }

  /// The name of a socket has at most 107 bytes (unix(7)).
  private static let longestSocketName = 107

  /// A folder for a machine's console and channel and for the socket by which it is controlled.
  private static func controlFolder() throws(RingbenchError) -> TemporaryFolder {
    let usual = try TemporaryFolder()
    return usual.file("control").utf8.count <= longestSocketName ? usual : try TemporaryFolder(in: "/tmp")
  }

  private func command(in folder: TemporaryFolder, memory: String, isIncoming: Bool) -> QemuCommand {
    QemuCommand(
      options, accelerator: .tcg, image: kernel.image, initramfs: initramfs, console: folder.file("console"),
      channel: folder.file("channel"),
      saving: .init(
        memory: memory, control: folder.file("control"), isIncoming: isIncoming))
  }

  // MARK: Saving

  private func save(_ boot: BootProgress) async throws {
    let folder = try Self.controlFolder()
    let command = command(in: folder, memory: memory, isIncoming: false)
    let process = MachineProcess(qemu, command.arguments, timeout: .seconds(options.timeout))
    do {
      var channel = try GuestChannel(path: command.channel, boot: boot)
      var control = try await MachineControl.open(folder.file("control")) { process.end == nil }
      try await control.execute("migrate-set-capabilities", Self.capabilities)
      try await waitForPause(&control, &channel, process, command)
      try await writeState(&control)
      await process.stop()
    } catch {
      throw try await explained(error, process, command)
    }
    try await straighten()
  }

  /// A clock that jumped to the next timer makes that timer interrupt the guest at once, so that the guest first sees the
  /// instructions of the interrupt as well.
  private static let corrections = 3

  /// Sets the saved clock right if it jumped while QEMU noticed the pause.
  private func straighten() async throws {
    let copy = try await MemoryCopy(of: self)
    var shift = try await start(.nothing, copy) { _ in }
    for _ in 0..<Self.corrections where shift != 0 {
      try SavedClock.move(by: -shift, in: state)
      shift = try await start(.nothing, copy) { _ in }
    }
    guard shift == 0 else {
      throw RingbenchError.failed("the saved machine's clock is still off by \(shift) ns after it was set right")
    }
  }

  private func waitForPause(
    _ control: inout MachineControl, _ channel: inout GuestChannel, _ process: MachineProcess, _ command: QemuCommand
  ) async throws {
    while try !control.hasSeen("GUEST_PANICKED") {
      try Task.checkCancellation()
      var end: GuestEnd?
      for case .end(let said) in try channel.messages() { end = said }
      if end != nil {
        await process.stop()
        try GuestVerdict.check(end, .init(end: .exited(0)), ConsoleLog(path: command.console), options)
        throw RingbenchError.failed("the guest ended before it could be saved")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  private func writeState(_ control: inout MachineControl) async throws {
    try await control.execute("migrate", stateArgument("exec:cat >"))
    while true {
      switch try await control.execute("query-migrate") {
      case "completed": return
      case "failed", "cancelled": throw RingbenchError.failed("QEMU can't save the machine")
      default: try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  /// The argument of a command that writes or reads the state, as JSON. QEMU gives the line to a shell.
  private func stateArgument(_ command: String) -> String {
    let quoted = "'" + state.replacing("'", with: #"'\''"#) + "'"
    let line = (command + quoted).replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#)
    return "{\"uri\": \"\(line)\"}"
  }

  // MARK: Going on

  /// A copy of the saved memory, with room for one order at a time: machines that run at once have one each. What a
  /// machine itself changes stays its own.
  struct MemoryCopy: Sendable {
    let path: String
    let places: [Int]
    private let folder: TemporaryFolder

    init(of machine: SavedMachine) async throws {
      folder = try SavedMachine.memoryFolder(for: machine.options)
      path = folder.file("memory")
      try await HelperProgram.cp.run(["--sparse=always", "--reflink=auto", machine.memory, path])
      places = try GuestOrder.places(inMemory: path)
    }
  }

  /// Starts a machine from the saved state, gives it an order, and follows it until it ends.
  ///
  /// - Parameter plugin: QEMU's arguments for a plugin.
  /// - Throws: `failed` when its clock did not stand still; what `GuestVerdict` and `take` throw; `CancellationError`.
  func resume(
    _ request: GuestRequest, _ copy: MemoryCopy, plugin: [String] = [], _ take: (GuestMessage) throws -> Void
  ) async throws {
    let shift = try await start(request, copy, plugin: plugin, take)
    guard shift == 0 else { throw RingbenchError.failed("the machine's clock jumped by \(shift) ns before it went on") }
  }

  /// - Returns: by how many nanoseconds the clock jumped.
  private func start(
    _ request: GuestRequest, _ copy: MemoryCopy, plugin: [String] = [], _ take: (GuestMessage) throws -> Void
  ) async throws -> Int {
    let folder = try Self.controlFolder()
    var command = command(in: folder, memory: copy.path, isIncoming: true)
    command.plugin = plugin
    try GuestOrder.write(request, toMemory: copy.path, at: copy.places)
    var channel = try GuestChannel(path: command.channel, boot: nil)
    let process = MachineProcess(qemu, command.arguments, timeout: .seconds(options.timeout))
    do {
      var control = try await MachineControl.open(folder.file("control")) { process.end == nil }
      try await load(&control)
      var shift: Int?
      let end = try await follow(&channel, process) { message in
        if case .resumed(let found) = message { shift = found } else { try take(message) }
      }
      await process.stop()
      try GuestVerdict.check(
        end, process.end ?? .init(end: .exited(0)), ConsoleLog(path: command.console), options)
      guard let shift else { throw RingbenchError.failed("the guest did not say how its clock went on") }
      return shift
    } catch {
      throw try await explained(error, process, command)
    }
  }

  /// How long QEMU may take to end after it has closed its socket.
  private static let endLimit = Duration.seconds(2)

  /// Stops the machine.
  ///
  /// - Returns: the error; what the machine's end tells where QEMU ended by itself.
  private func explained(_ error: any Error, _ process: MachineProcess, _ command: QemuCommand) async throws
    -> any Error
  {
    guard error is MachineControl.Lost else {
      await process.stop()
      return error
    }
    let limit = ContinuousClock.now + Self.endLimit
    while process.end == nil, .now < limit { try await Task.sleep(for: .milliseconds(5)) }
    let end = process.end ?? .init(end: .exited(0))
    await process.stop()
    do { try GuestVerdict.check(nil, end, ConsoleLog(path: command.console), options) } catch { return error }
    return error
  }

  private func load(_ control: inout MachineControl) async throws {
    try await control.execute("migrate-set-capabilities", Self.capabilities)
    try await control.execute("migrate-incoming", stateArgument("exec:cat "))
    while try await control.execute("query-status") == "inmigrate" { try await Task.sleep(for: .milliseconds(2)) }
    try await control.execute("cont")
  }

  /// - Returns: what the guest said of its end; nil when QEMU ended before that.
  private func follow(
    _ channel: inout GuestChannel, _ process: MachineProcess, _ take: (GuestMessage) throws -> Void
  ) async throws -> GuestEnd? {
    while true {
      let hasEnded = process.end != nil
      for message in try channel.messages() {
        if case .end(let end) = message { return end }
        try take(message)
      }
      if hasEnded { return nil }
      try Task.checkCancellation()
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
