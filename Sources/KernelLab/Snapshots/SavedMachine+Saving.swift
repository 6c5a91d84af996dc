import Base
import Processes

extension SavedMachine {
  /// Boots the machine and saves it.
  ///
  /// - Returns: whether it could be saved as it was at the pause.
  func save(_ boot: BootProgress) async throws -> Bool {
    let folder = try MachineBase.controlFolder()
    let command = base.command(in: folder, memory: memory, isIncoming: false)
    let process = MachineProcess(base.qemu, command.arguments, timeout: .seconds(options.timeout))
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
    return try await straighten()
  }

  /// A clock that jumped to the next timer makes that timer interrupt the guest at once, so that the guest first sees the
  /// instructions of the interrupt as well.
  private static let corrections = 3

  /// Sets the saved clock right if it jumped while QEMU noticed the pause.
  ///
  /// - Returns: false where the next timer has run as well. Its interrupt comes too early by any clock, and the guest takes
  ///   the instructions of the interrupt for a part of the jump.
  private func straighten() async throws -> Bool {
    let copy = try await MemoryCopy(of: self)
    var shift = try await start(.nothing, copy) { _ in }
    if shift != 0, try SavedState(path: state).hasInterrupt { return false }
    for _ in 0..<Self.corrections where shift != 0 {
      var corrected = try SavedState(path: state)
      corrected.moveClock(by: -shift)
      try corrected.write(to: state)
      shift = try await start(.nothing, copy) { _ in }
    }
    guard shift == 0 else {
      throw RingbenchError.failed("the saved machine's clock is still off by \(shift) ns after it was set right")
    }
    return true
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
}
