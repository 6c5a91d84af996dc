package import Base
package import Documents

/// Measures one cell once. The run loop takes any executor, so that order, repeats and interruption can be tested
/// without processes.
package protocol TrialExecutor: Sendable {
  /// - Parameters:
  ///   - trial: counts the trials of the cell from 0.
  ///   - undisturbedSyscallNs: the longest syscall probe of an undisturbed core; nil before it is known.
  /// - Throws: `CancellationError` when the task was cancelled: the trial is then discarded.
  func run(
    _ planned: PlannedCell, trial: Int, undisturbedSyscallNs: Double?
  ) async throws(CancellationError) -> Outcome
}

/// Runs the trials of a plan one after the other, and gives each to a log as soon as it is finished.
package struct RunLoop<Executor: TrialExecutor, Log: TrialLog & ~Copyable>: ~Copyable {
  private let plan: RunPlan
  private let executor: Executor
  package private(set) var log: Log
  private var schedule: Schedule
  private var disturbance = Disturbance()
  private var entries: [JournalEntry] = []

  /// A new run.
  package init(_ plan: RunPlan, executor: Executor, log: consuming Log) {
    self.plan = plan
    self.executor = executor
    self.log = log
    schedule = Schedule(plan)
  }

  /// Takes in the finished trials of an interrupted run.
  ///
  /// - Parameter journal: the journal's path, for messages.
  package mutating func replay(_ finished: [JournalEntry], from journal: String) throws(RingbenchError) {
    for (line, entry) in finished.enumerated() {
      guard let trial = schedule.next(),
        (trial.cell, trial.index, trial.order) == (entry.cell, entry.trial.index, entry.trial.order)
      else { throw RingbenchError.badInput("\(journal):\(line + 2): this trial is not the one that the plan has here") }
      if let measurements = entry.trial.measurements {
        disturbance.learn(from: measurements)
        disturbance.note(disturbed: entry.trial.disturbed != nil)
      }
      schedule.finish(trial, status: entry.trial.outcome.status, disturbed: entry.trial.disturbed != nil)
      entries.append(entry)
    }
  }

  /// Runs the remaining trials. When the task is cancelled, the running trial is killed and discarded.
  package mutating func run() async throws {
    while !Task.isCancelled {
      stopIfPrecise()
      guard let trial = schedule.next() else { return }
      let planned = plan.cells[trial.cell]
      log.willRun(planned, trial: trial.index, done: entries.count, remaining: schedule.remaining + 1)
      let outcome: Outcome
      do {
        outcome = try await executor.run(
          planned, trial: trial.index, undisturbedSyscallNs: disturbance.undisturbedSyscallNs)
      } catch {
        return
      }
      outcome.measurements.map { disturbance.learn(from: $0) }
      let disturbed = outcome.measurements.flatMap(disturbance.words)
      if outcome.measurements != nil { disturbance.note(disturbed: disturbed != nil) }
      let entry = JournalEntry(
        cell: trial.cell,
        trial: Trial(index: trial.index, order: trial.order, disturbed: disturbed, outcome: outcome))
      try log.append(entry)
      schedule.finish(trial, status: outcome.status, disturbed: disturbed != nil)
      entries.append(entry)
    }
  }

  /// Ends the run at the end of a block once every median is known as precisely as requested.
  private mutating func stopIfPrecise() {
    guard let percent = plan.precision, schedule.isBlockDone else { return }
    if plan.results(of: entries).allSatisfy({ $0.isPrecise(percent) }) { schedule.stop() }
  }

  /// Whether every trial that the plan still wants has been run.
  package var isComplete: Bool { schedule.remaining == 0 && schedule.started == entries.count }
}
