import Documents
import TestSupport
import Testing
import Vocabulary

/// The engine's counts, where they are known beforehand: over transports that keep messages whole.
@Suite struct CounterTests {
  static let messageTransports: [Transport] = [.udp, .unixSeqpacket, .pipePacket]

  private static func working(_ operation: Vocabulary.Operation, _ modes: [Mode]) -> [Cell] {
    messageTransports.flatMap { transport in modes.map { Cell.tried(transport, $0, operation) } }
      .filter { cell in Combination.working.contains { $0.id == cell.id } }
  }

  static let oneshot = working(.oneshot, Mode.allCases)
  static let multishot = working(.multishot, Mode.allCases)
  static let bundle = working(.bundle, Mode.allCases)

  @Test(arguments: oneshot) func aOneshotReceiveIsOneRequestAndOneCompletion(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 50)
    #expect(measured.number(.cqesPerOperation) == 1)
    // A legacy buffer goes back with a request of its own.
    #expect(measured.number(.sqesPerOperation) == (cell.mode == .legacy ? 2 : 1))
    #expect(measured.count(.outOfBuffers) == 0)
    try expectRecycled(measured, cell)
  }

  @Test(arguments: oneshot, [1, 4, 64, 256]) func aBatchIsOneEnter(cell: Cell, batch: Int) async throws {
    let measured = try await Workload.measure(cell.with { $0.batch = batch })
    #expect(measured.number(.entersPerOperation) == 1 / Double(batch))
  }

  @Test(arguments: multishot) func aMultishotReceiveIsNotAskedAgain(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 50)
    #expect(measured.count(.operations) == 50 * cell.batch)
    // The last completion of a request that ran out of buffers brings no message.
    let ends = Double(measured.count(.outOfBuffers)) / Double(measured.count(.operations))
    #expect(measured.number(.cqesPerOperation) == 1 + ends)
    #expect(measured.number(.sqesPerOperation) >= (cell.mode == .legacy ? 1 : 0))
    try expectRecycled(measured, cell)
  }

  @Test(arguments: bundle) func aBundleRecyclesEveryBuffer(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 50)
    #expect(measured.count(.operations) == 50 * cell.batch)
    try expectRecycled(measured, cell)
  }

  @Test(arguments: [Transport.tcp, .unixStream, .pipe, .file]) func vectoredReadsAskForAWholeBatch(
    transport: Transport
  ) async throws {
    let measured = try await Workload.measure(.tried(transport, .plain, .vectored), rounds: 50)
    #expect(measured.number(.sqesPerOperation) == 1.0 / 64)
    #expect(measured.number(.cqesPerOperation) == 1.0 / 64)
    #expect(measured.number(.entersPerOperation) == 1.0 / 64)
  }

  @Test(arguments: [Transport.tcp, .unixStream, .pipe, .file], [Mode.plain, .pbuf]) func aDrainedStreamIsReadByMessage(
    transport: Transport, mode: Mode
  ) async throws {
    let measured = try await Workload.measure(.tried(transport, mode), rounds: 50)
    #expect(measured.number(.sqesPerOperation) == 1)
    #expect(measured.number(.cqesPerOperation) == 1)
  }

  private func expectRecycled(_ measured: Measurements, _ cell: Cell) throws {
    let expected =
      // An incremental buffer goes back when it is full.
      !cell.mode.selectsFromGroup
      ? 0 : cell.mode.isIncremental ? measured.count(.bytes) / cell.bufferSize : measured.count(.operations)
    #expect(measured.count(.buffersRecycled) == expected)
  }
}
