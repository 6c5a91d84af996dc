import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// The workload executables from the tests' own build.
enum Workload {
  /// Runs the executable of a cell, or `wrapper` with the executable as its last arguments.
  static func run(
    _ cell: Cell, rounds: Int = 20, options: [String] = [], environment: [String: String] = [:],
    under wrapper: [String] = []
  ) async throws -> Program {
    let arguments = cell.arguments + ["--rounds", "\(rounds)"] + options
    return try await run(cell.executableName, arguments, environment: environment, under: wrapper)
  }

  static func run(
    _ name: String, _ arguments: [String], environment: [String: String] = [:], under wrapper: [String] = []
  ) async throws -> Program {
    let command = wrapper + [Places.executable(name)] + arguments
    return try await Program.run(command[0], Array(command.dropFirst()), environment: environment)
  }

  /// What the executable answers.
  static func reply(
    _ cell: Cell, rounds: Int = 20, options: [String] = [], environment: [String: String] = [:],
    under wrapper: [String] = []
  ) async throws -> TrialReply {
    let program = try await run(cell, rounds: rounds, options: options, environment: environment, under: wrapper)
    try #require(!program.output.isEmpty, "\(cell.id): exit \(program.status): \(program.error)")
    return try decode(program)
  }

  /// The measurements of a cell that works here.
  static func measure(_ cell: Cell, rounds: Int = 20, options: [String] = []) async throws -> Measurements {
    let reply = try await reply(cell, rounds: rounds, options: options)
    #expect(reply.cell == cell)
    #expect(reply.status == .ok)
    return try #require(reply.measurements, "\(cell.id): \(String(describing: reply.reason))")
  }

  static func decode(_ program: Program) throws -> TrialReply {
    try ResultsJSON.decode(TrialReply.self, from: Data(program.output.utf8))
  }
}

extension Cell {
  /// A cell of small messages with the executables' defaults; whole blocks where only those are possible.
  static func tried(
    _ transport: Transport, _ mode: Mode, _ operation: Vocabulary.Operation = .oneshot, _ pattern: Pattern = .drain
  ) -> Cell {
    var cell = Sample.cell(transport, mode, operation, pattern)
    if transport == .fileDirect { cell.messageSize = 4096 }
    if pattern == .paced { cell.rate = 20_000 }
    return cell
  }

  /// The same cell with other numbers.
  func with(_ change: (inout Cell) -> Void) -> Cell {
    var cell = self
    change(&cell)
    return cell
  }
}

extension Cell: CustomTestStringConvertible {
  package var testDescription: String { id }
}
