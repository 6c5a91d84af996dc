import Documents
import TestSupport
import Testing
import Vocabulary

/// Numbers at which indices wrap, buffers run out and messages are cut.
@Suite struct ShapeTests {
  static let grouped = Combination.working.filter { $0.mode.selectsFromGroup && $0.workload != .file }
  static let streams = Combination.working.filter { !$0.transport.keepsMessageBoundaries && $0.workload != .file }

  /// Ring indices have 16 bits.
  @Test(arguments: Combination.working.filter { $0.transport == .unixSeqpacket || $0.transport == .pipe })
  func indicesWrap(cell: Cell) async throws {
    let cell = cell.with { $0.batch = 256 }
    let measured = try await Workload.measure(cell, rounds: 280)
    #expect(measured.count(.operations) == 71_680)
  }

  /// Every round takes every buffer, so that multishot receives end because no buffer is left.
  @Test(arguments: grouped) func aBatchMayTakeEveryBuffer(cell: Cell) async throws {
    for count in [4, 64] {
      let tight = cell.with { ($0.buffers, $0.batch) = (count, count) }
      #expect(try await Workload.measure(tight, rounds: 50).count(.operations) == 50 * count)
    }
  }

  @Test(arguments: Combination.working.filter { $0.transport != .fileDirect }, [1, 7, 8, 9, 4096])
  func messagesOfEverySizeArriveWhole(cell: Cell, size: Int) async throws {
    // An incremental buffer must hold a whole number of messages, so that none is cut.
    let sized = cell.with {
      $0.messageSize = size
      $0.batch = 16
      if $0.mode == .pbufInc { $0.bufferSize = 4096 / size * size }
    }
    #expect(try await Workload.measure(sized, rounds: 10).count(.operations) == 160)
  }

  @Test(arguments: streams) func aMessageMayTakeSeveralBuffers(cell: Cell) async throws {
    for pattern in [Pattern.drain, .stream] {
      let cut = cell.with {
        ($0.messageSize, $0.bufferSize, $0.batch, $0.pattern) = (1000, 64, 8, pattern)
      }
      #expect(try await Workload.measure(cut, rounds: 20).count(.operations) == 160)
    }
  }

  @Test(arguments: Combination.working.filter { $0.workload != .file })
  func severalConnectionsAreDrained(cell: Cell) async throws {
    #expect(try await Workload.measure(cell.with { $0.connections = 4 }, rounds: 20).count(.operations) == 1280)
  }

  @Test(
    .enabled(if: Kernel.supports(.bufferRings)),
    arguments: [Mode.pbuf, .pbufMmap].filter {
      Kernel.supports(.tried(.unixSeqpacket, $0))
    })
  func theLargestRingWorks(mode: Mode) async throws {
    let cell = Cell.tried(.unixSeqpacket, mode).with {
      ($0.buffers, $0.bufferSize) = (NumberAxis.buffers.range.upperBound, 64)
    }
    #expect(try await Workload.measure(cell, rounds: 600).count(.operations) == 38_400)
  }

  @Test(arguments: [(Transport.pipePacket, 65_536), (.udp, 65_508)])
  func whatATransportCannotHoldIsUnsupported(transport: Transport, size: Int) async throws {
    let cell = Cell.tried(transport, .plain).with { ($0.messageSize, $0.bufferSize, $0.batch) = (size, 65_536, 1) }
    let reply = try await Workload.reply(cell)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .setup)
    #expect(reply.reason?.message.contains("at most") == true)
  }

  /// The system limits how much a transport holds. A larger batch gets an answer, neither a failure nor a hang.
  @Test(arguments: [Transport.unixStream, .unixSeqpacket, .tcp, .udp, .pipe])
  func aBatchThatTheTransportCannotHoldIsNoFailure(transport: Transport) async throws {
    let cell = Cell.tried(transport, .plain).with {
      ($0.messageSize, $0.bufferSize, $0.batch, $0.buffers) = (60_000, 65_536, 1024, 1024)
    }
    let reply = try await Workload.reply(cell, rounds: 1)
    #expect(reply.status == .ok || reply.status == .unsupported)
    #expect(reply.reason.map { $0.stage == .setup && $0.message.contains("--batch") } ?? true)
  }
}
