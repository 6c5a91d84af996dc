import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// Faults that the real workload executables don't have. Each makes a failed cell, and the run goes on.
@Suite struct FaultTests {
  private func run(
    _ behaviour: FakeWorkload.Behaviour, _ more: [String] = []
  ) async throws -> (program: Program, document: ResultsDocument?) {
    let (workload, folder) = (try FakeWorkload(behaviour), try TemporaryFolder())
    let cells =
      ["--transport", "unix-seqpacket", "--mode", "plain,pbuf", "--operation", "oneshot"] + [
        "--pattern", "drain", "--connections", "1",
      ]
    let program = try await Program.run(
      Places.ringbench, ["run", "--output", "out", "--trials", "2"] + cells + more, in: folder.path,
      environment: workload.environment)
    let data = try? folder.read("out/results.json")
    if data == nil { #expect(try folder.contents.isEmpty) }
    return (program, try data.map { try ResultsJSON.decode(ResultsDocument.self, from: $0) })
  }

  @Test(arguments: [
    (FakeWorkload.Behaviour.crash, Stage.spawn, "signal 11", "about to crash"),
    (.garbage, .spawn, "not a trial reply", "last words"), (.silence, .spawn, "exited with 4", ""),
    (.failed, .verify, "wrong byte", ""),
  ])
  func isAFailedCell(behaviour: FakeWorkload.Behaviour, stage: Stage, what: String, words: String) async throws {
    let (program, document) = try await run(behaviour)
    #expect(program.status == 3, "\(program.error)")
    let cells = try #require(document?.cells)
    #expect(cells.count == 2)
    for cell in cells {
      #expect(cell.status == .failed)
      #expect(cell.reason?.stage == stage)
      #expect(cell.reason?.message.contains(what) == true)
      #expect(cell.reason?.message.contains(words) == true || words.isEmpty)
    }
  }

  @Test func aHangIsKilled() async throws {
    let (program, document) = try await run(.hang, ["--trial-timeout", "0.5"])
    #expect(program.status == 3)
    #expect(document?.cells.map(\.reason?.stage) == [.timeout, .timeout])
    #expect(document?.cells[0].reason?.message.contains("its last words: waiting") == true)
  }

  @Test func withoutIoUringNothingIsWritten() async throws {
    let (program, document) = try await run(.unavailable)
    #expect(program.status == 77)
    #expect(program.error == "ringbench: io_uring_disabled is 2\n")
    #expect(document == nil)
  }

  @Test func disturbedTrialsAreMarkedAndRepeated() async throws {
    let (program, document) = try await run(.stolen)
    #expect(program.status == 0)
    let trials = try #require(document?.cells.first?.trials)
    #expect(trials.map(\.index) == [0, 0, 0, 1, 1, 1])
    #expect(trials.allSatisfy { $0.disturbed == "50.0 % of the CPU time was stolen" })
  }
}
