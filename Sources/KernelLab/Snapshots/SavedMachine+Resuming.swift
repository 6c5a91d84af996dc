import Base
import Processes

extension SavedMachine {
  /// A copy of the saved memory, with room for one order at a time: machines that run at once have one each. What a
  /// machine itself changes stays its own.
  struct MemoryCopy: Sendable {
    let path: String
    let places: [Int]
    private let folder: TemporaryFolder

    init(of machine: SavedMachine) async throws {
      folder = try machine.base.memoryFolder()
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
  func start(
    _ request: GuestRequest, _ copy: MemoryCopy, plugin: [String] = [], _ take: (GuestMessage) throws -> Void
  ) async throws -> Int {
    let folder = try MachineBase.controlFolder()
    var command = base.command(in: folder, memory: copy.path, isIncoming: true)
    command.plugin = plugin
    try GuestOrder.write(request, toMemory: copy.path, at: copy.places)
    var channel = try GuestChannel(path: command.channel, boot: nil)
    let process = MachineProcess(base.qemu, command.arguments, timeout: .seconds(options.timeout))
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
  func explained(_ error: any Error, _ process: MachineProcess, _ command: QemuCommand) async throws
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
