package import Base
package import Documents
import FoundationEssentials
import Vocabulary

/// Records a run: the journal while it goes on, the results at its end, and the progress line. Trials of this machine
/// and trials that a guest sends are recorded in the same way.
package struct RunRecorder: TrialLog, ~Copyable {
  private let header: JournalHeader
  private let folder: RunFolder
  private let journal: Journal
  private var progress: Progress
  private var entries: [JournalEntry]

  /// Makes the folder and begins its journal.
  package init(_ header: JournalHeader, folder: RunFolder, quiet: Bool) throws(RingbenchError) {
    try folder.create()
    self.init(header, folder, try Journal.create(in: folder.path, header: header), [], quiet)
  }

  /// Continues the journal of an interrupted run.
  init(resuming contents: JournalContents, folder: RunFolder, quiet: Bool) throws(RingbenchError) {
    let journal = try Journal.resume(contents, in: folder.path)
    self.init(contents.header, folder, journal, contents.entries, quiet)
  }

  private init(
    _ header: JournalHeader, _ folder: RunFolder, _ journal: consuming Journal, _ entries: [JournalEntry], _ quiet: Bool
  ) {
    self.header = header
    self.folder = folder
    self.journal = journal
    self.entries = entries
    progress = Progress(quiet: quiet, alreadyDone: entries.count)
  }

  /// Leaves a clean line behind, however the run ends.
  deinit { progress.clear() }

  package func willRun(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int) {
    progress.show(planned, trial: trial, done: done, remaining: remaining)
  }

  /// Takes a finished trial: it is on disk when this returns.
  package mutating func append(_ entry: JournalEntry) throws(RingbenchError) {
    guard header.plan.cells.indices.contains(entry.cell) else {
      throw RingbenchError.failed("a trial of cell \(entry.cell): the plan has no such cell")
    }
    try journal.append(entry)
    entries.append(entry)
  }

  /// Shows the progress of a run that is measured elsewhere.
  package func showProgress() {
    guard let entry = entries.last else { return }
    let remaining = max(0, header.plan.trialCount - entries.count)
    progress.show(header.plan.cells[entry.cell], trial: entry.trial.index, done: entries.count, remaining: remaining)
  }

  /// How a run ended.
  package enum End: Sendable {
    case complete
    /// Interrupted; `ringbench run --resume` continues it.
    case interrupted
    /// Cut off and impossible to continue, as in a guest that died.
    case cut
  }

  /// Writes the results, and removes the journal unless the run can be resumed.
  package func finish(_ end: End) throws(RingbenchError) -> RunEnding {
    progress.clear()
    let finished: String? = if case .complete = end { Timestamp.iso8601(.now) } else { nil }
    let document = ResultsDocument(header, entries, finished: finished)
    try document.write(to: folder)
    if case .interrupted = end {} else { try folder.removeJournal() }
    return RunEnding(
      document: document, folder: folder, end: end, finishedTrials: entries.count,
      plannedTrials: header.plan.trialCount)
  }
}

/// What a run left behind.
package struct RunEnding: Sendable {
  package let document: ResultsDocument
  package let folder: RunFolder
  let end: RunRecorder.End
  let finishedTrials: Int
  let plannedTrials: Int

  /// The exit status of `ringbench run`.
  package var status: ExitStatus {
    if case .interrupted = end { return .interrupted }
    if document.cells.contains(where: { $0.status == .failed }) { return .failed }
    return nothingRan == nil ? .done : .cannotRun
  }

  /// The message about a run in which every cell was unsupported; nil for any other run.
  package var nothingRan: String? {
    guard let first = document.cells.first, document.cells.allSatisfy({ $0.status == .unsupported }) else { return nil }
    let why = first.reason.map { ": \(first.cell.id): \($0.stage.rawValue): \($0.message)" } ?? ""
    return "nothing can run here: all \(document.cells.count) cells are unsupported\(why)"
  }

  /// The message about an interrupted run; nil for any other run.
  package var interruption: String? {
    guard case .interrupted = end else { return nil }
    let done = "\(finishedTrials) of \(plannedTrials) trials are in \(folder.path)"
    return "interrupted: \(done); go on with: ringbench run --resume \(folder.path)"
  }
}
