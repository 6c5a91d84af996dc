import Base
import Documents
import FoundationEssentials
import Glibc
import Processes
import Vocabulary

/// Runs each trial in a fresh process and judges its answer.
struct ProcessExecutor: TrialExecutor {
  private let executables: WorkloadExecutables
  private let directory: String?
  /// What differs from this process's own environment.
  private let environment: [String: String]
  /// Decides the states of the kernel's allocators that trials begin in; nil leaves them as they are.
  private let stateSeed: UInt64?
  /// Transports that can't be measured here, each with the reason.
  private let impossible: [Transport: String]
  /// Seconds beyond the trial's own duration.
  private let timeout: Double

  /// - Parameters:
  ///   - environment: what differs from this process's own environment.
  ///   - changesState: whether each trial of a cell begins in another state of the kernel's allocators.
  ///   - impossible: transports that can't be measured here, each with the reason.
  init(
    _ plan: RunPlan, _ executables: WorkloadExecutables, environment: [String: String] = [:],
    changesState: Bool = false, impossible: [Transport: String] = [:]
  ) {
    self.impossible = impossible
    stateSeed = changesState ? plan.seed : nil
    self.executables = executables
    self.environment = environment
    directory = plan.directory
    timeout = plan.trialTimeout
  }

  func run(
    _ planned: PlannedCell, trial: Int, undisturbedSyscallNs: Double?
  ) async throws(CancellationError) -> Outcome {
    if let why = impossible[planned.cell.transport] {
      return Outcome(status: .unsupported, reason: Reason(stage: .setup, message: why))
    }
    let limit: Double =
      switch planned.length {
      case .rounds: timeout
      case .duration(let seconds): timeout + seconds
      }
    let child = try await ChildProcess.run(
      executables.path(for: planned.cell), arguments(for: planned, trial: trial, undisturbedSyscallNs),
      environment: environment, timeout: .seconds(limit))
    return Self.outcome(of: child, for: planned.cell, limit: limit)
  }

  private func arguments(for planned: PlannedCell, trial: Int, _ undisturbedSyscallNs: Double?) -> [String] {
    var arguments = planned.cell.arguments + planned.length.arguments
    if let directory, planned.cell.workload == .file { arguments += ["--directory", directory] }
    if let undisturbedSyscallNs, planned.cell.pattern.queuesFirst {
      arguments += ["--undisturbed-syscall-ns", "\(undisturbedSyscallNs)"]
    }
    if let stateSeed, planned.cell.implementation == .swift {
      // The same states for every cell: a difference between cells is then none of the states.
      arguments += ["--allocator-state", "\(stateSeed &* 1_000_003 &+ UInt64(trial))"]
    }
    // Last, so that only the spawning lies between this reading and the process.
    return arguments + ["--started-at", "\(monotonicNanoseconds())"]
  }

  /// Judges how a process ended and what it printed.
  static func outcome(of child: ChildProcess, for cell: Cell, limit: Double) -> Outcome {
    let end = child.lastErrorLine.map { "; its last words: \($0)" } ?? ""
    switch child.end {
    case .notStarted(let problem): return .failed(.spawn, "\(cell.executableName) did not start: \(problem)")
    case .timedOut:
      return .failed(.timeout, "killed after \(Decimals.text(limit, 1)) s without an answer\(end)")
    case .signalled(let signal):
      return .failed(.spawn, "\(cell.executableName) was ended by signal \(signal) (\(name(ofSignal: signal)))\(end)")
    case .exited(let code):
      return answer(child, code: code, for: cell, end)
    }
  }

  private static func answer(_ child: ChildProcess, code: Int32, for cell: Cell, _ end: String) -> Outcome {
    guard let reply = try? ResultsJSON.decode(TrialReply.self, from: Data(child.output)) else {
      if code == ExitStatus.cannotRun.rawValue {
        let message = child.lastErrorLine ?? "io_uring is not available to this trial"
        return Outcome(status: .unsupported, reason: Reason(stage: .setup, message: message))
      }
      let printed = child.output.isEmpty ? "nothing" : "\(child.output.count) bytes that are not a trial reply"
      return .failed(.spawn, "\(cell.executableName) printed \(printed) and exited with \(code)\(end)")
    }
    guard reply.schema == TrialReply.currentSchema, reply.cell == cell else {
      return .failed(.spawn, "\(cell.executableName) answered for \(reply.cell.id) in schema \(reply.schema)")
    }
    guard (reply.status == .ok) == (reply.measurements != nil), (reply.status == .ok) == (reply.reason == nil) else {
      return .failed(.spawn, "\(cell.executableName) answered \(reply.status.rawValue) with contradictory content")
    }
    if reply.status == .ok, code != 0 {
      return .failed(.spawn, "\(cell.executableName) answered ok and exited with \(code)\(end)")
    }
    return reply.outcome
  }

  private static func name(ofSignal signal: Int32) -> String { strsignal(signal).map { String(cString: $0) } ?? "?" }
}

/// `CLOCK_MONOTONIC` in nanoseconds, the clock that the workload executables read at their first timed operation.
private func monotonicNanoseconds() -> UInt64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}
