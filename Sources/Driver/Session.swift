import Results

/// Runs the trials of a plan one after the other, and keeps the journal.
struct Session<Log: TrialLog & ~Copyable>: ~Copyable {
  private let header: JournalHeader
  private let journal: Log
  private let runner: TrialRunner
  private var schedule: Schedule
  private var disturbance = Disturbance()
  private(set) var entries: [JournalEntry] = []

  /// A new run.
  init(_ header: JournalHeader, journal: consuming Log, executables: WorkloadExecutables) {
    self.header = header
    self.journal = journal
    let plan = header.plan
    runner = TrialRunner(executables: executables, directory: plan.directory, timeout: plan.trialTimeout)
    schedule = Schedule(plan)
  }

  /// Takes in the finished trials of an interrupted run.
  mutating func replay(_ finished: [JournalEntry], from place: String) throws(InputError) {
    for (line, entry) in finished.enumerated() {
      guard let trial = schedule.next(),
        (trial.cell, trial.index, trial.order) == (entry.cell, entry.index, entry.order)
      else { throw InputError("\(place):\(line + 2): this trial is not the one that the plan has here") }
      if let measurements = entry.measurements { disturbance.learn(from: measurements) }
      schedule.finish(trial, status: entry.status, disturbed: entry.disturbed != nil)
      entries.append(entry)
    }
  }

  /// Runs what is left. When the task is cancelled the running trial is killed and forgotten.
  mutating func run(_ progress: inout Progress) async throws {
    defer { progress.clear() }
    while !Task.isCancelled {
      stopIfPrecise()
      guard let trial = schedule.next() else { return }
      let planned = header.plan.cells[trial.cell]
      progress.show(planned, trial: trial.index, done: entries.count, remaining: schedule.remaining + 1)
      let outcome: TrialOutcome
      do { outcome = try await runner.run(planned, quietCallNs: disturbance.quietCallNs) } catch { return }
      outcome.measurements.map { disturbance.learn(from: $0) }
      let disturbed = outcome.measurements.flatMap(disturbance.words)
      let entry = JournalEntry(
        cell: trial.cell, index: trial.index, order: trial.order, disturbed: disturbed, status: outcome.status,
        reason: outcome.reason, placement: outcome.placement, measurements: outcome.measurements)
      try journal.append(entry)
      schedule.finish(trial, status: outcome.status, disturbed: disturbed != nil)
      entries.append(entry)
    }
  }

  /// Ends the run at the end of a block when nothing more is wanted of it.
  private mutating func stopIfPrecise() {
    guard let percent = header.plan.precision, schedule.isBlockDone else { return }
    let document = ResultsDocument(header, entries, finished: nil)
    if document.cells.allSatisfy({ $0.isPrecise(percent) }) { schedule.stop() }
  }

  /// Whether every trial of the plan that is wanted has been run.
  var isComplete: Bool { schedule.remaining == 0 && !wasCut }

  /// The trial that was running when the task was cancelled counts as started, but it has no entry.
  private var wasCut: Bool { schedule.started != entries.count }
}
