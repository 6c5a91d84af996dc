import Base
import Documents
import FoundationEssentials
package import Planning
import Processes
import Statistics
import Vocabulary

/// `ringbench run --against`: two sides of one run, measured in turns.
package enum TurnRun {
  /// Measures both sides into `baseline/` and `new/` of a folder.
  ///
  /// - Throws: `badInput` and `cannotRun` before anything is written; `failed` when writing fails later.
  package static func start(_ options: RunOptions, against: Against) async throws -> TurnEnding {
    let host = Host.current()
    var options = options
    options.trials = options.trials ?? RunPlan.usualTrialsPerTurn
    let plan = try RunPlan(options, nodes: host.nodes)
    let trials = plan.cells.map(\.trials).max() ?? 1
    let turns = against.turns ?? ComparisonDesign.usualTurns(plan.cells.map(\.cell.pattern))
    let (old, new) = (try WorkloadExecutables(for: plan, in: against.executables), try WorkloadExecutables(for: plan))
    let now = Date.now
    let claim = try ClaimedFolder(
      output: options.output, orNew: "Results/\(Timestamp.compact(now))-\(plan.suite)-turns")
    defer { claim.keep() }
    let folder = claim.folder.path
    for executables in [old, new] { try await AvailabilityCheck.run(plan, executables) }
    let id = UUID().uuidString
    let quiet = options.quiet
    let command = options.command
    let recorder = { @Sendable (side: Turns.Side) throws(RingbenchError) -> RunRecorder in
      let header = JournalHeader(
        tool: .current, started: Timestamp.iso8601(now), command: command, host: host,
        plan: plan.inTurns(turns, id: id, side: side, trials: trials))
      return try RunRecorder(header, folder: RunFolder(path: "\(folder)/\(side.rawValue)"), quiet: true)
    }
    return try await Interruption.cancelling {
      var loop = TurnLoop(
        plan, turns: turns, trials: trials,
        baseline: .init(
          executor: ProcessExecutor(plan, old, environment: against.environment), log: try recorder(.baseline)),
        new: .init(executor: ProcessExecutor(plan, new), log: try recorder(.new)), quiet: quiet)
      try await loop.run()
      let end: RunRecorder.End = loop.isComplete ? .complete : .cut
      return TurnEnding(
        baseline: try loop.baseline.log.finish(end), new: try loop.new.log.finish(end), folder: folder,
        finishedTurns: loop.finishedTurns, turns: turns)
    }
  }
}

/// What a run in turns left behind.
package struct TurnEnding: Sendable {
  package let baseline: RunEnding
  package let new: RunEnding
  /// The folder of both.
  package let folder: String
  let finishedTurns: Int
  let turns: Int

  /// Whether a cell failed on either side.
  package var hasFailed: Bool { baseline.status == .failed || new.status == .failed }

  /// The message about an interrupted run; nil for any other run.
  package var interruption: String? {
    finishedTurns == turns ? nil : "interrupted: \(finishedTurns) of \(turns) turns are in \(folder)"
  }
}
