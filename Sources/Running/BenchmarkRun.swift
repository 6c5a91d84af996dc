package import Base
package import Documents
import FoundationEssentials
package import Planning
import Processes

/// `ringbench run`, from the options to the files.
package enum BenchmarkRun {
  /// Starts a run.
  ///
  /// - Throws: `badInput` and `cannotRun` before anything is written; `failed` when writing fails later.
  package static func start(_ options: RunOptions) async throws -> RunEnding {
    let host = Host.current()
    let plan = try RunPlan(options, nodes: host.nodes)
    let executables = try WorkloadExecutables(for: plan)
    let now = Date.now
    let claim = try ClaimedFolder(
      output: options.output, orNew: "Results/\(Timestamp.compact(now))-\(plan.suite)", isResumable: true)
    defer { claim.keep() }
    try await AvailabilityCheck.run(plan, executables)
    let header = JournalHeader(
      tool: .current, started: Timestamp.iso8601(now), command: options.command, host: host, plan: plan)
    return try await Interruption.cancelling {
      let recorder: RunRecorder
      do throws(RingbenchError) { recorder = try RunRecorder(header, folder: claim.folder, quiet: options.quiet) } catch
      {
        throw error.asBadInput("--output")
      }
      return try await finish(RunLoop(plan, executor: ProcessExecutor(plan, executables), log: recorder))
    }
  }

  /// The nodes of this machine.
  package static var nodes: [HostNode] { Host.current().nodes }

  /// What a run with these options would do on this machine.
  package static func plan(_ options: RunOptions) throws(RingbenchError) -> RunPlan {
    try RunPlan(options, nodes: Host.current().nodes)
  }

  /// Resumes an interrupted run, with its own plan and in its own order.
  package static func resume(_ path: String, quiet: Bool) async throws -> RunEnding {
    let folder = RunFolder(path: path)
    let contents: JournalContents
    do { contents = try JournalContents(folder: folder.path) } catch { throw error.asBadInput("--resume") }
    let plan = contents.header.plan
    try checkSameMachine(contents.header)
    let executables = try WorkloadExecutables(for: plan)
    try await AvailabilityCheck.run(plan, executables)
    return try await Interruption.cancelling {
      let recorder: RunRecorder
      do throws(RingbenchError) { recorder = try RunRecorder(resuming: contents, folder: folder, quiet: quiet) } catch {
        throw error.asBadInput("--resume")
      }
      var loop = RunLoop(plan, executor: ProcessExecutor(plan, executables), log: recorder)
      try loop.replay(contents.entries, from: folder.journalPath)
      return try await finish(loop)
    }
  }

  /// All trials of a cell must come from one kernel, one CPU model and, as far as builds can be told apart, one build.
  private static func checkSameMachine(_ header: JournalHeader) throws(RingbenchError) {
    let (then, now) = (header.host, Host.current())
    for (what, old, new) in [
      ("kernel", then.kernelRelease, now.kernelRelease), ("CPU", then.cpuModel, now.cpuModel),
      ("build", header.tool.text, Tool.current.text),
    ] where old != new || (what == "build" && header.tool != Tool.current) {
      throw RingbenchError.badInput(
        "--resume: the run was begun on \(what) '\(old)', and this is '\(new)': start a new run")
    }
  }

  private static func finish(_ loop: consuming RunLoop<ProcessExecutor, RunRecorder>) async throws -> RunEnding {
    try await loop.run()
    return try loop.log.finish(loop.isComplete ? .complete : .interrupted)
  }
}
