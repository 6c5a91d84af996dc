import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// `ringbench probe`.
@Suite struct ProbeTests {
  @Test func theTextLooksLikeTheGoldenFile() throws {
    let text = ProbeText(Sample.probe).text
    #expect(try text == Golden.text("probe.txt", now: text))
  }

  @Test func theRealDocumentIsValidAndComplete() async throws {
    let program = try await Program.run(Places.ringbench, ["probe", "--json"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.error == "")
    let check = try await Program.python([Places.validator, Places.schemas, "probe-1"], input: program.output)
    #expect(check.status == 0, "\(check.output)\(check.error)")
    let document = try ResultsJSON.decode(ProbeDocument.self, from: Data(program.output.utf8))
    let combinations = Set(document.transfers.map { "\($0.transport) \($0.mode) \($0.operation)" })
    #expect(combinations.count == document.transfers.count)
    #expect(combinations.count == Transport.allCases.count * Mode.allCases.count * Operation.allCases.count)
  }

  @Test func theRealTextHasEveryPart() async throws {
    let program = try await Program.run(Places.ringbench, ["probe"])
    #expect(program.status == 0, "\(program.error)")
    for part in ["liburing", "node 0: ", "DEFER_TASKRUN", "kernel-managed rings: ", "unix-seqpacket oneshot"] {
      #expect(program.output.contains(part), "\(part) is missing")
    }
  }

  @Test(arguments: [WorkloadKind.socket, .pipe, .file])
  func theExecutablesAnswersAreValid(kind: WorkloadKind) async throws {
    let program = try await Program.run(Places.executable(kind.executableName), ["--probe"])
    #expect(program.status == 0, "\(program.error)")
    let check = try await Program.python([Places.validator, Places.schemas, "transfers-1"], input: program.output)
    #expect(check.status == 0, "\(check.output)\(check.error)")
  }

  @Test func withoutIoUringTheReasonIsOneLine() async throws {
    let workload = try FakeWorkload(.unavailable)
    let program = try await Program.run(Places.ringbench, ["probe"], environment: workload.environment)
    #expect(program.status == 77)
    #expect(program.output == "")
    #expect(program.error == "ringbench: io_uring_disabled is 2\n")
  }

  @Test(arguments: [
    (FakeWorkload.Behaviour.crash, "was ended by signal 11"), (.garbage, "exited with 0"), (.silence, "exited with 4"),
  ])
  func anExecutableWithoutAnAnswerIsAFailure(behaviour: FakeWorkload.Behaviour, words: String) async throws {
    let workload = try FakeWorkload(behaviour)
    let program = try await Program.run(Places.ringbench, ["probe"], environment: workload.environment)
    #expect(program.status == 3)
    #expect(program.output.contains("failed: spawn"))
    #expect(program.output.contains("ringbench-socket --probe \(words)"), "\(program.output)")
  }

  @Test(arguments: [
    (["--bogus"], "Unknown option '--bogus'"), (["extra"], "Unexpected argument 'extra'"),
    (["--directory", "/nonesuch"], "/nonesuch: a folder that exists"),
  ])
  func badUsageIsOneLine(arguments: [String], message: String) async throws {
    let program = try await Program.run(Places.ringbench, ["probe"] + arguments)
    #expect(program.status == 2)
    #expect(program.output == "")
    #expect(program.errorLines.count == 1)
    #expect(program.error.contains(message), "\(program.error)")
  }
}
