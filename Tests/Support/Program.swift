import Subprocess
import SystemPackage

/// A program that a test ran to its end.
package struct Program: Sendable {
  /// The exit status; 128 plus the signal where a signal ended it, as in a shell.
  package var status: Int32
  package var output: String
  package var error: String

  package var errorLines: [Substring] { error.split(separator: "\n") }

  /// Runs a program and collects what it writes.
  package static func run(
    _ path: String, _ arguments: [String], in folder: String? = nil, input: String = "",
    environment: [String: String] = [:]
  ) async throws -> Program {
    let values = Dictionary(
      uniqueKeysWithValues: environment.map { (Environment.Key(rawValue: $0.key)!, Optional($0.value)) })
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments), environment: .inherit.updating(values),
      workingDirectory: folder.map { FilePath($0) }, input: .string(input), output: .string(limit: 1 << 26),
      error: .string(limit: 1 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Program(status: status, output: result.standardOutput, error: result.standardError)
  }

  /// Runs Debian's Python, which has the validators that the tests compare with.
  package static func python(_ arguments: [String], input: String) async throws -> Program {
    try await run("/usr/bin/python3", arguments, input: input)
  }
}
