import Base
import CGuest
import Documents
import FoundationEssentials
import Glibc
import Running

/// `ringbench` as the init of a virtual machine.
package enum Guest {
  /// Whether this is process 1 of a ringbench virtual machine.
  package static var isInit: Bool { cguest_is_init() }

  /// Does what the host asked for, reports how it ended and turns the machine off. Process 1 never ends.
  package static func main() async -> Never {
    let missing = GuestSystem.prepare()
    do {
      let channel = try SerialChannel()
      let end = await perform(channel, missing)
      try channel.send(.end(end))
    } catch {
      // No end is sent. The host treats that as a failure.
      print("\(ConsoleLog.ownPrefix)\(error)")
    }
    cguest_power_off()
    while true { Glibc.pause() }
  }

  private static func perform(_ channel: borrowing SerialChannel, _ missing: Set<MissingPart>) async -> GuestEnd {
    guard !missing.contains(.devices) else {
      return GuestEnd(status: ExitStatus.failed.rawValue, message: MissingPart.devices.sentence)
    }
    do {
      guard let data = FileManager.default.contents(atPath: GuestRequest.path) else {
        return GuestEnd(status: ExitStatus.failed.rawValue, message: "\(GuestRequest.path) can't be read")
      }
      var request = try ResultsJSON.decode(GuestRequest.self, from: data)
      if case .pause(let uptimeSeconds) = request {
        let shift: Int
        (request, shift) = try await pause(uptimeSeconds)
        try channel.send(.resumed(shift: shift))
      }
      switch request {
      case .run(let plan, let settleSeconds): try await run(plan, settleSeconds, missing)
      case .program(let path, let arguments): try channel.send(.exited(program(path, arguments, channel)))
      case .probe: try await GuestRun.warmUp()
      case .functions: try channel.send(.functions(try KernelSymbols.read()))
      case .nothing: break
      case .pause: return GuestEnd(status: ExitStatus.failed.rawValue, message: "a machine can't be paused twice")
      }
      return GuestEnd(status: ExitStatus.done.rawValue, message: nil)
    } catch let error as RingbenchError {
      return GuestEnd(status: error.status.rawValue, message: error.message)
    } catch {
      return GuestEnd(status: ExitStatus.failed.rawValue, message: "\(error)")
    }
  }

  private static func run(_ plan: RunPlan, _ settleSeconds: Double, _ missing: Set<MissingPart>) async throws {
    try await Task.sleep(for: .seconds(settleSeconds))
    let impossible = MissingPart.transports(without: missing)
    try await GuestRun.start(plan, command: CommandLine.arguments, impossible: impossible) { header in
      let channel = try SerialChannel()
      try channel.send(.header(header))
      return channel
    }
  }

  /// Pauses the machine, to be saved.
  ///
  /// - Returns: the order that the host gave in the meantime, and by how many nanoseconds the clock jumped.
  private static func pause(_ uptimeSeconds: Double) async throws -> (GuestRequest, shift: Int) {
    let device = try PauseDevice()
    try await GuestRun.warmUp()
    // The kernel's timers fire at whole multiples of its tick: the same time since boot is the same distance to them, even
    // if a longer command line took longer to read. A sleep ends a little late, so the last millisecond is spun away.
    let end = UInt64(uptimeSeconds * 1e9)
    let now = uptime()
    guard now < end else {
      throw RingbenchError.failed("the guest took \(now / 1_000_000) ms to boot: too long to be saved")
    }
    try await Task.sleep(for: .nanoseconds(Int64(end - now) - 1_000_000))
    GuestOrder.prepare()
    while uptime() < end {}
    let shift = device.pause()
    return (try GuestOrder.read(), shift)
  }

  /// Nanoseconds since boot.
  private static func uptime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private static func program(
    _ path: String, _ arguments: [String], _ channel: borrowing SerialChannel
  ) throws -> ProgramEnd {
    do {
      let program = try GuestProgram(path: path, arguments: arguments)
      return try program.follow { try channel.send(.output($0)) }
    } catch let error as SystemError {
      return .notStarted(error.errno)
    }
  }
}
