import Base
import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C and `SIGTERM` into the cancellation of a task.
package final class Interruption: Sendable {
  private let signals = Atomic(0)

  /// Runs an operation that the first signal cancels. The second one ends the process at once.
  package static func cancelling<Value: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let interruption = Interruption()
    let task = Task(operation: operation)
    let sources = [SIGINT, SIGTERM].map { signal in
      let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
      source.setEventHandler { interruption.received(task) }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }

  private func received(_ task: Task<some Sendable, any Error>) {
    if signals.add(1, ordering: .relaxed).oldValue > 0 {
      RunningChildren.killAll()
      _exit(ExitStatus.interrupted.rawValue)
    }
    task.cancel()
  }
}
