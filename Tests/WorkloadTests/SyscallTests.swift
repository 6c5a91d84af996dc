import Base
import Documents
import TestSupport
import Testing
import Vocabulary

/// The mode without a ring. `Combination.working` has its cells, so the other suites move its data and corrupt it.
@Suite struct SyscallTests {
  private func measure(
    _ transport: Transport, _ operation: Vocabulary.Operation = .oneshot, _ pattern: Pattern = .drain,
    connections: Int = 1, rounds: Int = 20
  ) async throws -> Measurements {
    let cell = Cell.tried(transport, .syscall, operation, pattern).with {
      $0.connections = connections
    }
    return try await Workload.measure(cell, rounds: rounds)
  }

  private func calls(_ measured: Measurements, rounds: Int = 20) -> Double {
    measured.number(.entersPerOperation) * Double(measured.count(.operations)) / Double(rounds)
  }

  /// One call waits, and one receives each of the 64 messages. None is made once they are there.
  @Test(arguments: [Transport.udp, .unixSeqpacket, .pipePacket, .tcp, .unixStream, .pipe])
  func aDrainedRoundIsAWaitAndACallForEachMessage(transport: Transport) async throws {
    #expect(calls(try await measure(transport)) == 65)
  }

  /// Every connection but the last is asked until it has nothing left.
  @Test(arguments: [Transport.unixSeqpacket, .unixStream]) func aConnectionIsAskedUntilItIsEmpty(
    transport: Transport
  ) async throws {
    #expect(calls(try await measure(transport, connections: 4)) == 1 + 64 + 3)
  }

  @Test(arguments: [Transport.udp, .unixSeqpacket, .tcp, .unixStream, .pipe])
  func aVectoredCallTakesTheBatch(transport: Transport) async throws {
    #expect(calls(try await measure(transport, .vectored)) == 2)
  }

  /// What a byte stream holds fits a buffer: a call that fills less than it offered says that nothing is left.
  @Test(arguments: [Transport.tcp, .unixStream, .pipe], [1, 4]) func aShortReadEndsAConnection(
    transport: Transport, connections: Int
  ) async throws {
    #expect(calls(try await measure(transport, .oneshot, .armed, connections: connections)) == Double(1 + connections))
  }

  @Test func filesNeedNoWait() async throws {
    #expect(calls(try await measure(.file)) == 64)
    #expect(calls(try await measure(.file, .vectored)) == 1)
    #expect(try await measure(.file).count(.setupRegister) == 0)
  }

  @Test func aRoundTripIsASendAWaitAndAReceive() async throws {
    #expect(calls(try await measure(.unixSeqpacket, .oneshot, .pingpong, rounds: 100), rounds: 100) == 3)
  }

  @Test(arguments: [Transport.tcp, .unixSeqpacket, .pipe], [Pattern.drain, .armed, .stream])
  func aThousandConnectionsNeedOneBuffer(transport: Transport, pattern: Pattern) async throws {
    let measured = try await measure(transport, .oneshot, pattern, connections: 1000)
    #expect(measured.count(.operations) == 20 * 64)
    #expect(measured.count(.bufferBytes) == 4096)
  }

  /// There is no ring to say anything about.
  @Test func theBooksHaveNoRing() async throws {
    let measured = try await measure(.unixSeqpacket)
    for metric in [
      Metric.sqesPerOperation, .cqesPerOperation, .buffersRecycled, .outOfBuffers, .ringBytes, .setupMmap,
      .setupProvide,
    ] {
      #expect(measured[metric] == 0, "\(metric)")
    }
    #expect(measured.ringFlags == [])
    #expect(measured.count(.setupRegister) > 0 && measured.count(.setupUnregister) > 0)
  }

  @Test(arguments: [NumberAxis.pollFirst, .registeredFiles, .handBack, .groups, .minLeft])
  func whatOnlyARingHasIsImpossible(axis: NumberAxis) async throws {
    let reply = try await Workload.reply(
      Cell.tried(.unixSeqpacket, .syscall).with { $0[axis] = axis == .minLeft ? 64 : 1 })
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message == "\(axis.rawValue) says how io_uring receives; syscall has no ring")
  }

  @Test(arguments: [Vocabulary.Operation.multishot, .bundle]) func requestsOfIoUringAreImpossible(
    operation: Vocabulary.Operation
  ) async throws {
    let reply = try await Workload.reply(.tried(.unixSeqpacket, .syscall, operation))
    #expect(reply.reason?.message.contains("is a request of io_uring") == true)
  }
}

/// Where io_uring is forbidden.
@Suite(.enabled("strace can trace here") { await Strace.works() })
struct WithoutUringTests {
  private static let refusal = Strace.refusing("io_uring_setup", "EPERM")

  @Test(arguments: [Transport.unixSeqpacket, .pipe, .file]) func aTrialRuns(transport: Transport) async throws {
    let reply = try await Workload.reply(.tried(transport, .syscall), rounds: 2, under: Self.refusal)
    #expect(reply.status == .ok)
  }

  /// A run has the results of the cells that need no ring, and the reason for the others.
  @Test(arguments: [["syscall"], ["syscall", "plain"]]) func aRunHasWhatNeedsNoRing(modes: [String]) async throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "run", "--transport", "unix-seqpacket", "--mode", modes.joined(separator: ","), "--operation", "oneshot",
      "--pattern", "drain", "--connections", "1", "--trials", "1", "--rounds", "5", "--output", folder.file("out"),
    ]
    let program = try await Workload.run("ringbench", arguments, under: Self.refusal)
    #expect(program.status == 0, "\(program.error)")
    let document = try ResultsJSON.decode(ResultsDocument.self, from: try folder.read("out/results.json"))
    for result in document.cells {
      #expect(result.status == (result.cell.mode == .syscall ? .ok : .unsupported))
      #expect(result.cell.mode == .syscall || result.reason?.message.contains("io_uring") == true)
    }
  }
}
