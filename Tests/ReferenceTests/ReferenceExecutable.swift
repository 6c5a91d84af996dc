import Documents
import Foundation
import Vocabulary

/// `ringbench-reference` from the tests' own build.
struct ReferenceExecutable {
  /// The executables lie beside the test bundle, or beside the runner that loaded it.
  static let folder: URL = {
    let bundle = CommandLine.arguments.dropFirst().first { $0.hasSuffix(".xctest") }
    let program = bundle ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: program).deletingLastPathComponent()
  }()

  struct Output {
    var status: Int32
    var standardOutput: Data
    var standardError: String
  }

  /// Runs the executable, or `wrapper` with the executable as its last arguments.
  static func run(_ arguments: [String], under wrapper: [String] = []) throws -> Output {
    let command = wrapper + [folder.appendingPathComponent("ringbench-reference").path] + arguments
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // The error output of these runs is a line or a table: it fits a pipe, so reading one after the other is safe.
    let standardOutput = output.fileHandleForReading.readDataToEndOfFile()
    let standardError = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Output(
      status: process.terminationStatus, standardOutput: standardOutput,
      standardError: String(decoding: standardError, as: UTF8.self))
  }

  /// Measures a cell and decodes the document with the types of the harness.
  static func measure(_ cell: Cell, rounds: Int, options: [String] = []) throws -> TrialReply {
    let output = try run(cell.arguments + ["--rounds", "\(rounds)"] + options)
    return try JSONDecoder().decode(TrialReply.self, from: output.standardOutput)
  }
}

extension Cell {
  /// A drain of small messages by the reference loop.
  static func reference(
    _ transport: Transport, _ mode: Mode, _ operation: Vocabulary.Operation, messageSize: Int = 64, buffers: Int = 256,
    batch: Int = 64
  ) -> Cell {
    Cell(
      transport: transport, mode: mode, operation: operation, pattern: .drain,
      numbers: [.messageSize: messageSize, .buffers: buffers, .batch: batch], cpuNode: 0, memoryNode: 0,
      implementation: .reference)
  }
}
