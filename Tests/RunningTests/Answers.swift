import Base
import Documents
import Synchronization
import TestSupport
import Vocabulary

@testable import Running

/// Answers each trial as the test says, and remembers what it was asked.
final class Answers: TrialExecutor {
  typealias Answer = @Sendable (_ cell: Cell, _ number: Int) -> Outcome?

  private let answer: Answer
  private let state = Mutex<(asked: [Cell], syscallNs: [Double?])>(([], []))

  init(_ answer: @escaping Answer) { self.answer = answer }

  /// An answer of nil cancels the task during the trial.
  func run(
    _ planned: PlannedCell, trial: Int, undisturbedSyscallNs: Double?
  ) async throws(CancellationError) -> Outcome {
    let number = state.withLock {
      $0.asked.append(planned.cell)
      $0.syscallNs.append(undisturbedSyscallNs)
      return $0.asked.count - 1
    }
    guard let outcome = answer(planned.cell, number) else {
      withUnsafeCurrentTask { $0?.cancel() }
      throw CancellationError()
    }
    return outcome
  }

  var asked: [Cell] { state.withLock(\.asked) }
  var syscallNs: [Double?] { state.withLock(\.syscallNs) }

  static func ok(ns: Double = 600, steal: Double = 0, syscallNs: Double = 0.25) -> Outcome {
    .ok(Sample.measurements(ns: ns, steal: steal, syscallNs: syscallNs))
  }
}

/// Keeps entries in memory.
struct Memory: TrialLog, ~Copyable {
  var entries: [JournalEntry] = []
  mutating func append(_ entry: JournalEntry) throws(RingbenchError) { entries.append(entry) }
}
