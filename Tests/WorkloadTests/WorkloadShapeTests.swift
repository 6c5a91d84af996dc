import BufferModes
import Testing
import Vocabulary

@testable import Workload

/// A cell in the engine's numbers.
@Suite struct WorkloadShapeTests {
  @Test func aDrainAsksForMessages() {
    let shape = WorkloadShape(.tried(.tcp, .pbuf))
    #expect(shape.receiveLength == 64)
    #expect(shape.receives(for: 64 * 64) == 64)
    #expect(shape.receives(for: 65) == 2)
    #expect(shape.batchBytes == 4096)
  }

  @Test(arguments: [Pattern.stream, .paced, .pingpong]) func otherPatternsAskForWhatABufferHolds(pattern: Pattern) {
    let shape = WorkloadShape(.tried(.tcp, .pbuf, .oneshot, pattern))
    #expect(shape.receiveLength == 4096)
    #expect(shape.receives(for: 4097) == 2)
    #expect(WorkloadShape(.tried(.udp, .pbuf, .oneshot, pattern)).receiveLength == 64)
  }

  @Test func aMessageLargerThanABufferTakesSeveral() {
    let shape = WorkloadShape(Cell.tried(.tcp, .pbuf).with { ($0.messageSize, $0.bufferSize) = (1000, 64) })
    #expect(shape.receiveLength == 64)
    #expect(shape.receives(for: 1000) == 16)
    // At most a batch is in flight at once.
    #expect(shape.receives(for: 1_000_000) == 64)
  }

  @Test func aVectoredReceiveTakesTheBatchOfAConnection() {
    let shape = WorkloadShape(Cell.tried(.tcp, .plain, .vectored).with { $0.connections = 4 })
    #expect(shape.messagesPerReceive == 16)
    #expect(shape.buffers.vectorCount == 16)
    #expect(shape.receives(for: 64 * 64) == 4)
    #expect(WorkloadShape(.tried(.udp, .plain, .vectored)).messagesPerReceive == 1)
  }

  @Test func aFileHoldsWholeBatchesAndIsBounded() {
    #expect(WorkloadShape(.tried(.file, .plain)).fileMessages == 64 * 64)
    let large = WorkloadShape(Cell.tried(.file, .plain).with { ($0.messageSize, $0.bufferSize) = (1 << 20, 1 << 20) })
    #expect(large.fileMessages == 64)
    let half = WorkloadShape(Cell.tried(.file, .plain).with { ($0.messageSize, $0.bufferSize) = (4096, 4096) })
    #expect(half.fileMessages * 4096 == 4 << 20)
  }

  @Test func theQueuesHoldEveryRequestAndCompletion() {
    let shape = WorkloadShape(Cell.tried(.tcp, .legacy).with { ($0.batch, $0.connections) = (256, 4) })
    #expect(shape.submissionEntries >= 2 * 256 + 4)
    #expect(shape.completionEntries >= 2 * shape.submissionEntries)
    let many = WorkloadShape(Cell.tried(.tcp, .pbuf).with { $0.buffers = 32_768 })
    #expect(many.completionEntries >= 32_768 + 64)
  }

  @Test func onlyRequestsThatTakeAMessageAreSpreadInTurn() {
    func spreads(_ cell: Cell) -> Bool { WorkloadShape(cell.with { $0.connections = 4 }).spreadsEvenly }
    #expect(spreads(.tried(.tcp, .pbuf)) && spreads(.tried(.udp, .pbuf, .oneshot, .stream)))
    #expect(!spreads(.tried(.tcp, .pbuf, .oneshot, .stream)) && !spreads(.tried(.tcp, .plain, .vectored)))
    #expect(!spreads(Cell.tried(.tcp, .pbuf).with { $0.bufferSize = 60 }))
    #expect(WorkloadShape(.tried(.tcp, .pbuf, .oneshot, .stream)).spreadsEvenly)
  }
}
