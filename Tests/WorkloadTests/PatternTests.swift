import Dispatch
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// The patterns with somebody at the other end.
@Suite struct PatternTests {
  private static func working(_ pattern: Pattern) -> [Cell] {
    Combination.working.filter { $0.workload != .file }.map { .tried($0.transport, $0.mode, $0.operation, pattern) }
  }

  static let stream = working(.stream)
  static let pingpong = working(.pingpong)
  static let armed = working(.armed)
  /// One transport with boundaries and one without.
  static let paced = working(.paced).filter { [.tcp, .udp, .pipe].contains($0.transport) }

  @Test(arguments: stream) func aStreamDeliversEveryMessage(cell: Cell) async throws {
    let measured = try await Workload.measure(cell)
    #expect(measured.count(.operations) == 20 * cell.batch)
    #expect(measured.count(.bytes) == measured.count(.operations) * cell.messageSize)
    #expect(measured[.peerCPU] != nil)
    #expect(measured.latency == nil)
    let isCounted = FileManager.default.isReadableFile(atPath: "/proc/self/schedstat")
    #expect((measured[.cpuWaitNs] != nil) == isCounted)
  }

  /// A ring that defers the kernel's work to the worker's own calls makes receives wait while the worker sends.
  @Test(arguments: armed) func receivesThatWaitGetEveryMessage(cell: Cell) async throws {
    let measured = try await Workload.measure(cell)
    #expect(measured.count(.operations) == 20 * cell.batch)
    #expect(measured[.wakeNsPerOperation] != nil && measured[.wakeInstructionsPerOperation] == nil)
    #expect(measured[.undisturbedRounds] != nil && measured[.peerCPU] == nil)
    guard cell.mode.usesUring else { return }
    // One call receives what came; another one gives one-shot receives back to the kernel.
    let calls = measured.number(.entersPerOperation) * Double(cell.batch)
    if [.multishot, .bundle].contains(cell.operation) { #expect(abs(calls - 1) < 0.5) } else { #expect(calls > 1.5) }
  }

  /// Whoever starts the executable says when. The time to the first timed operation is seconds at most.
  @Test(arguments: [Pattern.drain, .armed, .stream, .pingpong]) func theTimeToTheFirstOperationIsKnown(
    pattern: Pattern
  ) async throws {
    let started = DispatchTime.now().uptimeNanoseconds
    let cell = Cell.tried(.unixSeqpacket, .plain, .oneshot, pattern)
    let measured = try await Workload.measure(cell, options: ["--started-at", "\(started)"])
    #expect((1_000...60_000_000_000).contains(measured.count(.startToFirstOperation)))
  }

  @Test(arguments: [Transport.file, .fileDirect]) func nothingWaitsOnAFile(transport: Transport) async throws {
    let reply = try await Workload.reply(.tried(transport, .plain, .oneshot, .armed))
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains("nothing waits on a file") == true)
  }

  @Test(arguments: pingpong) func aRoundTripIsOneOperationWithItsLatency(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 200)
    #expect(measured.count(.operations) == 200)
    try expectLatencies(measured)
    // The send is a request, too.
    #expect(cell.mode.usesUring == (measured.number(.sqesPerOperation) >= 1))
  }

  @Test(arguments: paced) func everyPacedMessageHasALatency(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 5)
    #expect(measured.count(.operations) == 5 * cell.batch)
    try expectLatencies(measured)
  }

  @Test(arguments: [Transport.tcp, .unixStream], [Mode.plain, .legacy, .pbuf]) func connectionsShareTheBuffers(
    transport: Transport, mode: Mode
  ) async throws {
    for pattern in [Pattern.drain, .stream, .paced] {
      let cell = Cell.tried(transport, mode, .oneshot, pattern).with { $0.connections = 4 }
      #expect(try await Workload.measure(cell, rounds: 10).count(.operations) == 640)
    }
  }

  /// A round goes on where the last one ended, so every connection gets its turn.
  @Test(arguments: [Transport.tcp, .unixSeqpacket], [Vocabulary.Operation.oneshot, .multishot])
  func messagesAndConnectionsNeedNotDivide(transport: Transport, operation: Vocabulary.Operation) async throws {
    for connections in [3, 100] {
      let cell = Cell.tried(transport, .pbuf, operation).with {
        $0.connections = connections
        $0.buffers = 64
      }
      #expect(try await Workload.measure(cell, rounds: 10).count(.operations) == 640)
    }
  }

  @Test(arguments: ["0.05", "0.2"], [Pattern.drain, .stream, .pingpong, .paced])
  func aDurationEndsTheTrial(seconds: String, pattern: Pattern) async throws {
    let cell = Cell.tried(.tcp, .plain, .oneshot, pattern)
    let program = try await Workload.run(cell.executableName, cell.arguments + ["--duration", seconds])
    #expect(try #require(try Workload.decode(program).measurements).count(.operations) > 0)
  }

  @Test(arguments: [Transport.file, .fileDirect], [Pattern.stream, .pingpong]) func aFileHasNobodyAtItsOtherEnd(
    transport: Transport, pattern: Pattern
  ) async throws {
    let reply = try await Workload.reply(.tried(transport, .plain, .oneshot, pattern))
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains("only drain") == true)
  }

  private func expectLatencies(_ measured: Measurements) throws {
    let latency = try #require(measured.latency)
    #expect(Int(latency.count) == measured.count(.operations))
    #expect(latency.histogram.counts.reduce(0, +) == UInt64(measured.count(.operations)))
    #expect(latency.min <= latency.p50 && latency.p50 <= latency.p99 && latency.p99 <= latency.max)
  }
}
