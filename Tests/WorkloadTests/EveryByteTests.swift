import Documents
import TestSupport
import Testing
import Vocabulary

/// Every byte that the timed rounds receive, checked, with messages cut at random and few buffers.
///
/// Buffers that are handed out twice, messages of one connection that reach another, and rounds that end early show
/// here. `RINGBENCH_TEST_EVERY_BYTE` makes a test build look at all of each message, not just at its number.
@Suite struct EveryByteTests {
  static let modes: [Mode] = [.syscall, .plain, .fixed, .legacy, .legacyRuns, .pbuf, .pbufInc]
  static let cells = Combination.working.filter { modes.contains($0.mode) }
  static let patterns: [Pattern] = Pattern.allCases.filter { $0 != .drain }

  @Test(arguments: cells) func aQueuedRoundBringsEveryByte(cell: Cell) async throws {
    for connections in cell.workload == .file ? [1] : [1, 3, 64, 200] {
      try await expectEveryByte(fewBuffers(cell, connections), rounds: 12)
    }
  }

  @Test(arguments: patterns, cells.filter { $0.workload != .file })
  func aSenderOfItsOwnBringsEveryByte(pattern: Pattern, cell: Cell) async throws {
    for connections in pattern.isRoundTrip ? [1] : [1, 3, 64, 200] {
      var cell = fewBuffers(cell, connections)
      cell.pattern = pattern
      if pattern == .paced { cell.rate = 200_000 }
      // A read of a pipe that waits holds its legacy buffer.
      let holds = !cell.mode.selectsFromGroup || cell.transport.workload == .pipe && !cell.mode.isRing
      if holds { cell.buffers = max(64, connections * cell.vectorLength) }
      try await expectEveryByte(cell, rounds: pattern.isRoundTrip ? 100 : 8)
    }
  }

  /// A mode that names its buffers needs one for each receive that waits.
  @Test(arguments: [Mode.plain, .fixed], [Pattern.stream, .paced]) func fewerBuffersThanWaitingReceives(
    mode: Mode, pattern: Pattern
  ) async throws {
    let reply = try await Workload.reply(
      .tried(.pipe, mode, .oneshot, pattern).with {
        $0.connections = 65
        $0.buffers = 64
      })
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains("64 buffers are too few for 65 connections") == true)
  }

  /// Kernels let a read of a pipe that waits hold its legacy buffer. Where one does not, the cell works.
  @Test func receivesThatHoldTheirBuffersAreAReason() async throws {
    let reply = try await Workload.reply(
      .tried(.pipe, .legacy, .oneshot, .stream).with {
        $0.connections = 200
        $0.buffers = 64
      })
    guard reply.status != .ok else { return }
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains("64 buffers are too few for 200 connections") == true)
  }

  /// As many buffers as a batch has messages, fewer than connections, and on a byte stream smaller than two messages.
  private func fewBuffers(_ cell: Cell, _ connections: Int) -> Cell {
    cell.with {
      $0.connections = connections
      $0.buffers = $0.batch
      if !$0.transport.keepsMessageBoundaries, $0.workload != .file { $0.bufferSize = 96 }
    }
  }

  private func expectEveryByte(_ cell: Cell, rounds: Int) async throws {
    let program = try await Workload.run(
      cell, rounds: rounds, environment: ["RINGBENCH_TEST_EVERY_BYTE": "1", "RINGBENCH_TEST_CUT_MESSAGES": "1"])
    let reply = try Workload.decode(program)
    #expect(reply.status == .ok, "\(cell.id): \(String(describing: reply.reason))")
    #expect(reply.measurements?.count(.operations) == rounds * cell.messagesPerRound, "\(cell.id)")
  }
}

extension Cell {
  /// Buffers that one request names.
  fileprivate var vectorLength: Int { operation == .vectored && !transport.keepsMessageBoundaries ? 64 : 1 }
}
