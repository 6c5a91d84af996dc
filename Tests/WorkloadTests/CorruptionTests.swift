import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// Wrong data must never be a measurement.
@Suite struct CorruptionTests {
  static let hook = "RINGBENCH_TEST_CORRUPT"
  static let cells = Combination.working.filter { $0.operation != .bundle }

  @Test(arguments: cells) func aFlippedBitFailsTheCell(cell: Cell) async throws {
    let program = try await Workload.run(cell, environment: [Self.hook: "3"])
    #expect(program.status == 3)
    let reply = try Workload.decode(program)
    #expect(reply.status == .failed)
    #expect(reply.reason?.stage == .verify)
    #expect(reply.reason?.message.contains("message 3 ") == true || cell.workload == .file || isVectored(cell))
    #expect(reply.measurements == nil)
  }

  /// Far behind the checking rounds, a byte that is not in the header is seen only where each is checked.
  @Test(arguments: [Mode.plain, .legacy, .pbuf, .pbufInc, .syscall]) func everyByteIsCheckedWhereACellAsksForIt(
    mode: Mode
  ) async throws {
    for pattern in [Pattern.drain, .armed] {
      let cell = Cell.tried(.unixSeqpacket, mode, .oneshot, pattern)
      let late = [Self.hook: "900"]
      #expect(try await Workload.run(cell, environment: late).status == 0)
      let checked = try await Workload.run(cell.with { $0[.verify] = 1 }, environment: late)
      #expect(checked.status == 3)
      let reason = try Workload.decode(checked).reason
      #expect(reason?.stage == .verify)
      #expect(reason?.message.contains("message 900 ") == true, "\(String(describing: reason))")
    }
  }

  /// A vectored completion is checked from its first message on. A file has no connection that counts messages.
  private func isVectored(_ cell: Cell) -> Bool { cell.operation == .vectored }

  @Test func theOtherCellsOfARunAreWritten() async throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "run", "--transport", "pipe,unix-seqpacket", "--mode", "plain", "--operation", "oneshot", "--pattern", "drain",
      "--batch", "4,64", "--connections", "1", "--trials", "1", "--rounds", "5", "--output", folder.file("out"),
    ]
    // With a batch of 4, the checking rounds end at message 63, and the timed ones at 83.
    let program = try await Workload.run("ringbench", arguments, environment: [Self.hook: "100"])
    #expect(program.status == 3, "\(program.error)")
    let document = try ResultsJSON.decode(ResultsDocument.self, from: try folder.read("out/results.json"))
    #expect(document.cells.count == 4)
    for cell in document.cells {
      #expect(cell.status == (cell.cell.batch == 64 ? .failed : .ok))
      #expect(cell.reason?.stage == (cell.cell.batch == 64 ? .verify : nil))
      #expect(cell.trials.isEmpty == (cell.cell.batch == 64))
    }
  }

  static let released = Places.package + "/.build/release/"
  static let isBuilt = WorkloadKind.allCases.allSatisfy {
    FileManager.default.fileExists(atPath: released + $0.executableName)
  }

  @Test(.enabled(if: isBuilt, "scripts/build has not run"), arguments: WorkloadKind.allCases)
  func aReleaseHasNoHook(kind: WorkloadKind) async throws {
    #expect(try await isHook(in: Self.released + kind.executableName) == false)
    #expect(try await isHook(in: Places.executable(kind.executableName)), "the search itself does not work")
  }

  private func isHook(in path: String) async throws -> Bool {
    let program = try await Program.run("/usr/bin/grep", ["--quiet", "--fixed-strings", Self.hook, path])
    try #require(program.status <= 1, "\(program.error)")
    return program.status == 0
  }
}
