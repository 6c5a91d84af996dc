import CGuest
import Driver
import FoundationEssentials
import Glibc
import Results

/// `ringbench` as the init of a virtual machine.
package enum Guest {
  /// Whether this process is the first one of a virtual machine of ours.
  package static var isInit: Bool { cguest_is_init() }

  /// Runs what the host asked for, says how it ended and turns the machine off. Process 1 never ends.
  package static func main() async -> Never {
    GuestSystem.prepare()
    do {
      let channel = try SerialChannel()
      let end = await perform()
      try channel.send(.end(end))
    } catch {
      // No end is sent: the host takes that for the failure that it is.
      print("ringbench: \(error)")
    }
    cguest_power_off()
    while true { pause() }
  }

  private static func perform() async -> GuestEnd {
    do {
      guard let data = FileManager.default.contents(atPath: GuestRequest.path) else {
        return GuestEnd(status: ExitStatus.cellFailed.rawValue, message: "\(GuestRequest.path) can't be read")
      }
      let request = try ResultsJSON.decode(GuestRequest.self, from: data)
      try await Task.sleep(for: .seconds(request.settleSeconds))
      try await BenchmarkRun.run(request.plan, command: CommandLine.arguments) { header in
        let channel = try SerialChannel()
        try channel.send(.header(header))
        return channel
      }
      return GuestEnd(status: ExitStatus.done.rawValue, message: nil)
    } catch let error as InputError {
      return GuestEnd(status: ExitStatus.badInput.rawValue, message: error.description)
    } catch let error as CannotRunError {
      return GuestEnd(status: ExitStatus.cannotRun.rawValue, message: error.description)
    } catch let error as StoreError {
      return GuestEnd(status: ExitStatus.cellFailed.rawValue, message: error.message)
    } catch {
      return GuestEnd(status: ExitStatus.cellFailed.rawValue, message: "\(error)")
    }
  }
}
