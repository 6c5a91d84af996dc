import Documents
import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Vocabulary

/// Drains every combination with real transfers.
@Suite struct TransferTests {
  @Test(arguments: Combination.working) func deliversVerifiedMessages(cell: Cell) async throws {
    let measured = try await Workload.measure(cell)
    #expect(measured.count(.operations) == 20 * cell.batch)
    #expect(measured.count(.bytes) == measured.count(.operations) * cell.messageSize)
    #expect(measured.count(.elapsedNs) > 0 && measured.number(.nsPerOperation) > 0)
    let buffers = cell.mode.usesUring ? cell.buffers : 1
    #expect(measured.count(.bufferBytes) >= buffers * cell.bufferSize)
    #expect(measured.latency == nil)
  }

  @Test(arguments: Combination.working.filter(\.mode.usesUring)) func placementCoversEveryBuffer(cell: Cell)
    async throws
  {
    let reply = try await Workload.reply(cell, rounds: 1)
    #expect(reply.outcome.placement.buffers.values.reduce(0, +) == cell.buffers * cell.bufferSize / Int(getpagesize()))
    #expect(reply.outcome.placement.ring.isEmpty == ![.pbuf, .pbufMmap, .pbufInc].contains(cell.mode))
  }

  @Test(arguments: Combination.impossible) func whatNoKernelCanSaysWhy(cell: Cell) async throws {
    let program = try await Workload.run(cell, rounds: 1)
    #expect(program.status == 0)
    let reply = try Workload.decode(program)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .setup)
    #expect(reply.reason?.errno == nil)
    #expect(reply.reason?.message.isEmpty == false)
    #expect(reply.measurements == nil)
  }

  @Test(.enabled(if: !Combination.refused.isEmpty, "this kernel offers everything"), arguments: Combination.refused)
  func whatThisKernelRefusesHasStageAndErrno(cell: Cell) async throws {
    let program = try await Workload.run(cell, rounds: 1)
    #expect(program.status == 0)
    let reply = try Workload.decode(program)
    #expect(reply.status == .unsupported)
    let reason = try #require(reply.reason)
    #expect([Stage.register, .mmap, .provide, .receive].contains(reason.stage))
    #expect(reason.errno?.hasPrefix("E") == true)
    #expect(reason.message.contains(": "))
  }

  @Test(arguments: Combination.working.filter { $0.operation == .oneshot || $0.operation == .vectored })
  func oneMessageAtATimeWorks(cell: Cell) async throws {
    let single = cell.with { ($0.batch, $0.buffers) = (1, 1) }
    #expect(try await Workload.measure(single).count(.operations) == 20)
  }

  /// Data arrives, or the answer says where the kernel stopped.
  @Test(arguments: Combination.kernelManaged) func kernelManagedRingsSayHowFarTheyGo(cell: Cell) async throws {
    let reply = try await Workload.reply(cell, rounds: 1)
    #expect(reply.status != .failed, "\(String(describing: reply.reason))")
    #expect(reply.status == .ok || reply.reason?.errno != nil)
    if !Kernel.supports(cell) { #expect(reply.reason?.stage == .register) }
  }

  /// The probe tries the same combinations.
  @Test(arguments: WorkloadKind.allCases) func theProbeAgrees(kind: WorkloadKind) async throws {
    let program = try await Workload.run(kind.executableName, ["--probe"])
    let transfers = try ResultsJSON.decode(ProbeReply.self, from: Data(program.output.utf8)).transfers
    let working = transfers.filter { $0.status == .ok && !$0.mode.isKernelManaged }
    let expected = Combination.working.filter { $0.workload == kind }
    #expect(
      Set(working.map { Cell.tried($0.transport, $0.mode, $0.operation).id }) == Set(expected.map(\.id)))
  }
}
