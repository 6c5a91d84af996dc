import FoundationEssentials
package import Results

/// The files, the progress line and the report of a run whose trials are measured elsewhere, as in a virtual machine.
package struct RunRecorder: ~Copyable {
  private let header: JournalHeader
  private let folder: RunFolder
  private let journal: Journal
  private let progress: Progress
  private var entries: [JournalEntry] = []

  /// Makes the folder and begins its journal.
  package init(_ header: JournalHeader, folder: RunFolder, quiet: Bool) throws(StoreError) {
    try folder.create()
    journal = try Journal.create(in: folder.path, header: header)
    self.header = header
    self.folder = folder
    progress = Progress(quiet: quiet, alreadyDone: 0)
  }

  /// Takes a finished trial: it is on disk when this returns.
  package mutating func add(_ entry: JournalEntry) throws(StoreError) {
    guard header.plan.cells.indices.contains(entry.cell) else {
      throw StoreError("a trial of cell \(entry.cell), which the plan does not have")
    }
    try journal.append(entry)
    entries.append(entry)
    let remaining = max(0, header.plan.trialCount - entries.count)
    progress.show(header.plan.cells[entry.cell], trial: entry.index, done: entries.count, remaining: remaining)
  }

  /// Leaves the terminal as if no progress had been shown.
  package func clearProgress() { progress.clear() }

  /// Writes the results in place of the journal; those of an incomplete run say that it never finished.
  package func finish(isComplete: Bool) throws -> ResultsDocument {
    let document = ResultsDocument(header, entries, finished: isComplete ? Timestamp.iso8601(.now) : nil)
    try document.write(to: folder)
    try folder.removeJournal()
    return document
  }
}

extension ResultsDocument {
  /// What a run prints on standard output when it is done.
  package func report(in folder: RunFolder) -> String { RunReport(document: self, folder: folder).text }

  /// The exit status of a run that came to its end.
  package var exitStatus: ExitStatus { cells.contains { $0.status == .failed } ? .cellFailed : .done }
}
