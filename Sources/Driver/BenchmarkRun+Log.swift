import FoundationEssentials
package import Results

extension BenchmarkRun {
  /// Runs a plan and keeps nothing: the header and then each trial go to a log as they come, as from a virtual machine
  /// to its host.
  ///
  /// - Throws: `InputError` and `CannotRunError` before the log is opened; whatever the log throws.
  package static func run<Log: TrialLog & ~Copyable>(
    _ plan: RunPlan, command: [String], into open: (JournalHeader) throws -> Log
  ) async throws {
    let executables = try WorkloadExecutables(for: plan)
    try await Availability.check(plan, executables)
    let header = JournalHeader(
      tool: .current, started: Timestamp.iso8601(.now), command: command, host: Host.current(), plan: plan)
    var session = Session(header, journal: try open(header), executables: executables)
    var progress = Progress(quiet: true, alreadyDone: 0)
    try await session.run(&progress)
  }
}
