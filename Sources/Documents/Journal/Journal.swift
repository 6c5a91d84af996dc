package import Base
import FoundationEssentials
import Glibc

/// Where each trial goes as soon as it is finished.
package protocol TrialLog: ~Copyable {
  /// Called before each trial.
  ///
  /// - Parameters:
  ///   - trial: of the cell, from 0.
  ///   - done: trials of the run that are finished.
  ///   - remaining: trials that are still to come, this one among them.
  func willRun(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int)

  /// Takes a finished trial.
  mutating func append(_ entry: JournalEntry) throws(RingbenchError)
}

extension TrialLog where Self: ~Copyable {
  package func willRun(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int) {}
}

/// `trials.jsonl` while a run goes on: each trial is in the file before the next one starts.
///
/// A line reaches the kernel in one `write(2)`, so a crash of this process loses nothing and tears nothing;
/// only a machine that stops can tear the last line, which reading then leaves out. The file is locked
/// (`flock(2)`) for as long as the journal is open.
package struct Journal: ~Copyable {
  package static let fileName = "trials.jsonl"

  private let descriptor: Int32

  /// Starts the journal of a new run.
  package static func create(in folder: String, header: JournalHeader) throws(RingbenchError) -> Journal {
    let journal = Journal(descriptor: try open(folder, flags: O_WRONLY | O_CREAT | O_EXCL | O_APPEND))
    try journal.append(line: header)
    return journal
  }

  /// Goes on with the journal of an interrupted run, and cuts a torn last line off.
  package static func resume(_ contents: JournalContents, in folder: String) throws(RingbenchError) -> Journal {
    let journal = Journal(descriptor: try open(folder, flags: O_WRONLY | O_APPEND))
    guard ftruncate(journal.descriptor, contents.length) == 0 else {
      throw RingbenchError.failed(writing: folder + "/" + fileName, errno: errno)
    }
    return journal
  }

  package func append(_ entry: JournalEntry) throws(RingbenchError) {
    try append(line: entry)
  }

  private func append(line value: some Encodable) throws(RingbenchError) {
    let line: Data
    do { line = try ResultsJSON.line(value) } catch {
      throw RingbenchError.failed("a trial can't be written as JSON: \(error)")
    }
    var remaining = [UInt8](line)[...]
    while !remaining.isEmpty {
      let written = remaining.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw RingbenchError.failed(writing: Self.fileName, errno: errno) }
      remaining = remaining.dropFirst(written)
    }
  }

  private static func open(_ folder: String, flags: Int32) throws(RingbenchError) -> Int32 {
    let path = folder + "/" + fileName
    // The name of this function hides the C function's.
    let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw RingbenchError.failed(writing: path, errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw RingbenchError.failed("\(path): another ringbench is still writing it")
    }
    return descriptor
  }

  deinit { close(descriptor) }
}
