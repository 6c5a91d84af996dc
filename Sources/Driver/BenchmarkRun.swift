import FoundationEssentials
import Results

/// `ringbench run`, from the options to the files.
package enum BenchmarkRun {
  /// Starts a run.
  ///
  /// - Throws: `InputError` and `CannotRunError` before anything is written; `StoreError` when writing fails later.
  package static func start(_ options: RunOptions) async throws -> ExitStatus {
    let host = Host.current()
    let plan = try RunPlan(options, nodes: host.nodes)
    let executables = try WorkloadExecutables(for: plan)
    let now = Date.now
    let folder = RunFolder(path: options.output ?? "Results/\(Timestamp.compact(now))-\(plan.suite)")
    do { try folder.checkIsFree() } catch { throw InputError("--output: \(error.message)") }
    try await Availability.check(plan, executables)
    let header = JournalHeader(
      tool: .current, started: Timestamp.iso8601(now), command: options.command, host: host, plan: plan)
    return try await Interruption.cancelling {
      let journal: Journal
      do throws(StoreError) {
        try folder.create()
        journal = try Journal.create(in: folder.path, header: header)
      } catch { throw InputError("--output: \(error.message)") }
      let session = Session(header, journal: journal, executables: executables)
      return try await finish(session, header, folder, quiet: options.quiet)
    }
  }

  /// What a run with these options would do.
  package static func dryRun(_ options: RunOptions) throws(InputError) -> DryRun {
    DryRun(try RunPlan(options, nodes: Host.current().nodes))
  }

  /// Goes on with an interrupted run, by its own plan and in its own order.
  package static func resume(_ path: String, quiet: Bool) async throws -> ExitStatus {
    let folder = RunFolder(path: path)
    let contents: JournalContents
    do { contents = try JournalContents(folder: folder.path) } catch { throw InputError("--resume: \(error.message)") }
    let header = contents.header
    try checkSameMachine(header)
    let executables = try WorkloadExecutables(for: header.plan)
    try await Availability.check(header.plan, executables)
    return try await Interruption.cancelling {
      let journal: Journal
      do throws(StoreError) { journal = try Journal.resume(contents, in: folder.path) } catch {
        throw InputError("--resume: \(error.message)")
      }
      var session = Session(header, journal: journal, executables: executables)
      try session.replay(contents.entries, from: folder.journalPath)
      return try await finish(session, header, folder, quiet: quiet)
    }
  }

  /// Trials of two kernels or two versions of the harness are no trials of one cell.
  private static func checkSameMachine(_ header: JournalHeader) throws(InputError) {
    let (then, now) = (header.host, Host.current())
    for (what, old, new) in [
      ("kernel", then.kernelRelease, now.kernelRelease), ("CPU", then.cpuModel, now.cpuModel),
      ("ringbench", header.tool.version, Tool.current.version),
    ] where old != new {
      throw InputError("--resume: the run was begun on \(what) '\(old)', and this is '\(new)': start a new run")
    }
  }

  private static func finish(
    _ session: consuming Session<Journal>, _ header: JournalHeader, _ folder: RunFolder, quiet: Bool
  ) async throws -> ExitStatus {
    var progress = Progress(quiet: quiet, alreadyDone: session.entries.count)
    try await session.run(&progress)
    let isComplete = session.isComplete
    let document = ResultsDocument(
      header, session.entries, finished: isComplete ? Timestamp.iso8601(.now) : nil)
    try document.write(to: folder)
    guard isComplete else {
      let done = "\(session.entries.count) of \(header.plan.trialCount) trials are in \(folder.path)"
      StandardError.line("ringbench: interrupted: \(done); go on with: ringbench run --resume \(folder.path)")
      return .interrupted
    }
    try folder.removeJournal()
    print(RunReport(document: document, folder: folder).text, terminator: "")
    return document.cells.contains { $0.status == .failed } ? .cellFailed : .done
  }
}
