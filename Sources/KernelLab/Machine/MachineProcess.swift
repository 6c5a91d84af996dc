import Processes
import Synchronization

/// A running QEMU. It never outlives the task that waits for it.
final class MachineProcess: Sendable {
  /// How a machine ended, and QEMU's last error line.
  struct End: Sendable {
    var end: ChildProcess.End
    var lastErrorLine: String?
  }

  private let ended = Mutex<End?>(nil)
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Starts QEMU, and kills it at the time limit.
  init(_ program: String, _ arguments: [String], timeout: Duration) {
    let work = Task {
      let child = try? await ChildProcess.run(program, arguments, timeout: timeout)
      // There is no child when `stop` cancelled the task.
      let end = child.map { End(end: $0.end, lastErrorLine: $0.lastErrorLine) } ?? End(end: .exited(0))
      ended.withLock { $0 = end }
    }
    task.withLock { $0 = work }
  }

  /// How it ended; nil while it runs.
  var end: End? { ended.withLock { $0 } }

  /// Kills it, and waits until it is gone.
  func stop() async {
    let work = task.withLock { $0 }
    work?.cancel()
    await work?.value
  }
}
