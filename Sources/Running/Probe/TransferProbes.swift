import Base
import Documents
import FoundationEssentials
import Processes
import Vocabulary

/// The transfers of a probe: each workload executable tries its own, in one process.
enum TransferProbes {
  /// A stalled transfer gives up by itself after seconds. This limit is for an executable that hangs.
  private static let timeout = Duration.seconds(60)

  /// Every combination, in the order of the vocabulary.
  static func all(_ executables: WorkloadExecutables, directory: String?) async throws -> [TransferProbe] {
    try await withThrowingTaskGroup(of: (WorkloadKind, [TransferProbe]).self) { group in
      for kind in WorkloadKind.allCases {
        group.addTask { (kind, try await probe(kind, executables, directory)) }
      }
      var found: [WorkloadKind: [TransferProbe]] = [:]
      for try await (kind, transfers) in group { found[kind] = transfers }
      return WorkloadKind.allCases.flatMap { found[$0] ?? [] }
    }
  }

  private static func probe(
    _ kind: WorkloadKind, _ executables: WorkloadExecutables, _ directory: String?
  ) async throws -> [TransferProbe] {
    var arguments = ["--probe"]
    if let directory, kind == .file { arguments += ["--directory", directory] }
    let child = try await ChildProcess.run(executables.path(of: kind.executableName), arguments, timeout: timeout)
    return try transfers(of: child, kind)
  }

  /// Judges how an executable ended and what it printed.
  ///
  /// - Throws: `cannotRun` when it found no io_uring.
  static func transfers(of child: ChildProcess, _ kind: WorkloadKind) throws(RingbenchError) -> [TransferProbe] {
    if child.end == .exited(ExitStatus.cannotRun.rawValue) {
      throw RingbenchError.cannotRun(child.lastErrorLine ?? "io_uring is not available, and no reason was given")
    }
    let reply = try? ResultsJSON.decode(ProbeReply.self, from: Data(child.output))
    guard let reply, child.end == .exited(0), reply.schema == ProbeReply.currentSchema else {
      let words = child.lastErrorLine.map { "; its last words: \($0)" } ?? ""
      return failed(kind, "\(kind.executableName) --probe \(child.end.words) without an answer\(words)")
    }
    return reply.transfers
  }

  /// Every combination of an executable that did not answer.
  private static func failed(_ kind: WorkloadKind, _ message: String) -> [TransferProbe] {
    let reason = Reason(stage: .spawn, message: message)
    return Transport.allCases.filter { $0.workload == kind }.flatMap { transport in
      Mode.allCases.flatMap { mode in
        Operation.allCases.map {
          TransferProbe(transport: transport, mode: mode, operation: $0, status: .failed, reason: reason)
        }
      }
    }
  }
}

extension ChildProcess.End {
  /// How a process ended, as the predicate of a sentence.
  fileprivate var words: String {
    switch self {
    case .exited(let code): "exited with \(code)"
    case .signalled(let signal): "was ended by signal \(signal)"
    case .timedOut: "was killed at its time limit"
    case .notStarted(let problem): "did not start (\(problem)) and ended"
    }
  }
}
