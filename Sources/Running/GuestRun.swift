import Base
package import Documents
import FoundationEssentials
package import Vocabulary

/// A run in a guest. It writes no files there: the header and then each trial go to a log as they come, from the guest
/// to its host.
package enum GuestRun {
  /// Starts each workload executable once, so that its pages are in memory, and asks whether io_uring is there.
  ///
  /// - Throws: `cannotRun` when it is not.
  package static func warmUp() async throws {
    let executables = try WorkloadExecutables(names: WorkloadKind.allCases.map(\.executableName))
    for kind in WorkloadKind.allCases { try await AvailabilityCheck.ask(executables.path(of: kind.executableName)) }
  }

  /// - Parameter impossible: transports for which the guest lacks something, each with the reason.
  /// - Throws: `badInput` and `cannotRun` before the log is opened; later, whatever the log throws.
  package static func start<Log: TrialLog & ~Copyable>(
    _ plan: RunPlan, command: [String], impossible: [Transport: String], into open: (JournalHeader) throws -> Log
  ) async throws {
    let executables = try WorkloadExecutables(for: plan)
    try await AvailabilityCheck.run(plan, executables)
    let host = Host.current()
    let header = JournalHeader(
      tool: .current, started: Timestamp.iso8601(.now), command: command, host: host, plan: plan)
    let executor = ProcessExecutor(
      plan, executables, changesState: host.deterministic, impossible: impossible)
    var loop = RunLoop(plan, executor: executor, log: try open(header))
    try await loop.run()
  }
}
