package import Base
import FoundationEssentials
import Glibc

/// Takes each trial as soon as it is finished.
package protocol TrialLog: ~Copyable {
  /// Called before each trial.
  ///
  /// - Parameters:
  ///   - trial: the trial's index in the cell, from 0.
  ///   - done: finished trials of the run.
  ///   - remaining: trials still to run, this one included.
  func willRun(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int)

  /// Takes a finished trial.
  mutating func append(_ entry: JournalEntry) throws(RingbenchError)
}

extension TrialLog where Self: ~Copyable {
  package func willRun(_ planned: PlannedCell, trial: Int, done: Int, remaining: Int) {}
}

/// `trials.jsonl` while a run goes on: each trial is in the file before the next one starts.
///
/// A line reaches the kernel in one `write(2)`, so a crash of this process neither loses nor tears a line. Only a
/// machine that stops can tear the last line; readers skip a torn line. The file is locked (`flock(2)`) while the
/// journal is open.
package struct Journal: ~Copyable {
  package static let fileName = "trials.jsonl"

  private let descriptor: Int32

  /// Starts the journal of a new run.
  package static func create(in folder: String, header: JournalHeader) throws(RingbenchError) -> Journal {
    let journal = Journal(descriptor: try open(folder, flags: O_WRONLY | O_CREAT | O_EXCL | O_APPEND))
    try journal.append(line: header)
    return journal
  }

  /// Cuts a torn last line off the journal of an interrupted run, and continues the journal.
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
