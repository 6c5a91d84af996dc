import Documents
import TestSupport
import Testing
import Vocabulary

@testable import Processes
@testable import Running

/// How the end of a process is judged; the processes themselves are in `FaultTests`.
@Suite struct ProcessExecutorTests {
  private func outcome(_ end: ChildProcess.End, _ reply: TrialReply? = nil, words: String? = nil) throws -> Outcome {
    let output = try reply.map { [UInt8](try ResultsJSON.line($0)) } ?? []
    let child = ChildProcess(end: end, output: output, lastErrorLine: words)
    return ProcessExecutor.outcome(of: child, for: Sample.cell(), limit: 60)
  }

  private func reply(_ status: CellStatus, reason: Reason? = nil, cell: Cell = Sample.cell()) -> TrialReply {
    TrialReply(
      cell: cell,
      outcome: Outcome(
        status: status, reason: reason, placement: Placement(buffers: ["0": 1]),
        measurements: status == .ok ? Sample.measurements() : nil))
  }

  @Test func okIsTakenAsItIs() throws {
    let outcome = try outcome(.exited(0), reply(.ok))
    #expect(outcome.status == .ok)
    #expect(outcome.measurements == Sample.measurements())
    #expect(outcome.placement.buffers == ["0": 1])
  }

  @Test func unsupportedKeepsItsReason() throws {
    #expect(try outcome(.exited(0), reply(.unsupported, reason: Sample.unsupported)).reason == Sample.unsupported)
  }

  @Test func okWithAnotherStatusIsAFailure() throws {
    #expect(try outcome(.exited(1), reply(.ok)).status == .failed)
  }

  @Test func anAnswerForAnotherCellIsAFailure() throws {
    #expect(try outcome(.exited(0), reply(.ok, cell: Sample.cell(.pipe))).status == .failed)
  }

  @Test func theReasonMustBeThere() throws {
    #expect(try outcome(.exited(0), reply(.unsupported)).status == .failed)
  }

  /// A transport for which the machine lacks something starts no process: there is none here.
  @Test func whatIsImpossibleIsNotTried() async throws {
    let plans = [Transport.fileDirect, .pipe].map { PlannedCell(cell: Sample.cell($0), trials: 1, length: .rounds(1)) }
    let plan = RunPlan(suite: "x", seed: 1, cells: plans, blocks: [[0, 1]], directory: nil, trialTimeout: 5)
    let executor = ProcessExecutor(
      plan, try WorkloadExecutables(names: [], in: "/nowhere"), impossible: [.fileDirect: "no RAM disk"])
    let direct = try await executor.run(plans[0], trial: 0, undisturbedSyscallNs: nil)
    #expect(direct.status == .unsupported)
    #expect(direct.reason == Reason(stage: .setup, message: "no RAM disk"))
    #expect(try await executor.run(plans[1], trial: 0, undisturbedSyscallNs: nil).status == .failed)
  }

  @Test func status77IsUnsupported() throws {
    let outcome = try outcome(.exited(77), words: "memlock is 64 KiB; raise it with ulimit -l")
    #expect(outcome.status == .unsupported)
    #expect(outcome.reason?.message == "memlock is 64 KiB; raise it with ulimit -l")
  }
}
