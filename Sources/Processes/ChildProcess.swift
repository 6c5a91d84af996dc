import Subprocess
import Synchronization
import SystemPackage

/// A process that has ended, in whatever way.
package struct ChildProcess: Sendable {
  package enum End: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// It was still running at its time limit, and was killed.
    case timedOut
    /// It never ran.
    case notStarted(String)
  }

  package var end: End
  package var output: [UInt8]
  /// The last non-empty line of standard error; nil without one.
  package var lastErrorLine: String?

  /// Runs a program in a process group of its own, and kills the group at the time limit or when the task is cancelled.
  ///
  /// The terminal's Ctrl-C doesn't reach that group: this process decides what an interruption means.
  ///
  /// - Parameter environment: what differs from this process's own environment.
  package static func run(
    _ path: String, _ arguments: [String], environment: [String: String] = [:], timeout: Duration
  ) async throws(CancellationError) -> ChildProcess {
    let streams = CollectedStreams()
    let end = await firstEnd(path, arguments, environment, timeout, streams)
    guard !Task.isCancelled else { throw CancellationError() }
    return ChildProcess(end: end, output: streams.output, lastErrorLine: streams.lastErrorLine)
  }

  private static func firstEnd(
    _ path: String, _ arguments: [String], _ environment: [String: String], _ timeout: Duration,
    _ streams: CollectedStreams
  ) async -> End {
    await withTaskGroup(of: End.self) { group in
      group.addTask { await runToEnd(path, arguments, environment, streams) }
      group.addTask {
        try? await Task.sleep(for: timeout)
        return .timedOut
      }
      let end = await group.next() ?? .timedOut
      // Ends the sleep or kills the process. Leaving the task group waits for that.
      group.cancelAll()
      return end
    }
  }

  private static func runToEnd(
    _ path: String, _ arguments: [String], _ environment: [String: String], _ streams: CollectedStreams
  ) async -> End {
    let changes = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))
    ]
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), environment: .inherit.updating(changes),
        platformOptions: options, input: .none, output: .sequence, error: .sequence
      ) { execution in
        let process = execution.processIdentifier.value
        RunningChildren.add(process)
        defer { RunningChildren.remove(process) }
        async let error: Void = streams.collectError(execution.standardError)
        try await streams.collectOutput(execution.standardOutput)
        try await error
      }
      switch result.terminationStatus {
      case .exited(let code): return .exited(code)
      case .signaled(let signal): return .signalled(signal)
      }
    } catch {
      return .notStarted("\(error)")
    }
  }
}

/// What a process wrote until it ended or was killed.
private final class CollectedStreams: Sendable {
  private let streams = Mutex((output: [UInt8](), error: [UInt8]()))

  func collectOutput(_ sequence: SubprocessOutputSequence) async throws {
    for try await buffer in sequence {
      let bytes = buffer.withUnsafeBytes(Array.init)
      streams.withLock { $0.output += bytes }
    }
  }

  func collectError(_ sequence: SubprocessOutputSequence) async throws {
    for try await buffer in sequence {
      let bytes = buffer.withUnsafeBytes(Array.init)
      // Only the last line is needed.
      streams.withLock { $0.error = ($0.error + bytes).suffix(8192) }
    }
  }

  var output: [UInt8] { streams.withLock(\.output) }

  var lastErrorLine: String? {
    let text = String(decoding: streams.withLock(\.error), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
  }
}
