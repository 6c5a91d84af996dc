import Base
import Documents
import Processes
import Vocabulary

/// Whether anything can run on this machine.
enum AvailabilityCheck {
  private static let timeout = Duration.seconds(30)

  /// Asks a workload executable; it answers by its exit status, 0 or 77, and gives the reason on standard error.
  ///
  /// Any other answer is left to the trials: each of them then says what went wrong. Nobody is asked where a cell needs
  /// no ring: that cell can run, and the others say what they lack.
  static func run(_ plan: RunPlan, _ executables: WorkloadExecutables) async throws {
    let cells = plan.cells.map(\.cell).filter { $0.implementation == .swift }
    guard let cell = cells.first, cells.allSatisfy(\.mode.usesUring) else { return }
    try await ask(executables.path(for: cell))
  }

  /// - Parameter path: of a workload executable.
  static func ask(_ path: String) async throws {
    let child = try await ChildProcess.run(path, ["--probe-availability"], timeout: timeout)
    guard child.end == .exited(ExitStatus.cannotRun.rawValue) else { return }
    throw RingbenchError.cannotRun(child.lastErrorLine ?? "io_uring is not available, and no reason was given")
  }
}
