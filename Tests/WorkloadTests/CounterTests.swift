import Documents
import FoundationEssentials
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

  static let oneshot = working(.oneshot, Mode.allCases.filter(\.usesUring))
  static let multishot = working(.multishot, Mode.allCases)
  static let bundle = working(.bundle, Mode.allCases)

  @Test(arguments: oneshot) func aOneshotReceiveIsOneRequestAndOneCompletion(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 50)
    #expect(measured.number(.cqesPerOperation) == 1)
    #expect(measured.number(.sqesPerOperation) == 1 + handBacks(cell))
    #expect(measured.count(.outOfBuffers) == 0)
    try expectRecycled(measured, cell)
  }

  @Test(arguments: oneshot, [1, 4, 64, 256]) func aBatchIsOneEnter(cell: Cell, batch: Int) async throws {
    let measured = try await Workload.measure(cell.with { $0.batch = batch })
    #expect(measured.number(.entersPerOperation) == 1 / Double(batch))
  }

  /// CPU time is the thread's own: it is there, and no more than passed in the timed regions. A machine that takes the CPU
  /// away makes it less, never more.
  @Test(arguments: oneshot) func cpuTimeIsPartOfTheElapsedTime(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 50)
    let spent = measured.number(.cpuNsPerOperation) * Double(measured.count(.operations))
    #expect(spent > 0 && spent <= 1.3 * measured.number(.elapsedNs))
    #expect((measured[.cpuUserNsPerOperation] == nil) == (measured[.cpuSystemNsPerOperation] == nil))
  }

  @Test(arguments: multishot) func aMultishotReceiveIsNotAskedAgain(cell: Cell) async throws {
    let measured = try await Workload.measure(cell, rounds: 50)
    #expect(measured.count(.operations) == 50 * cell.batch)
    // The last completion of a request that ran out of buffers brings no message.
    let ends = Double(measured.count(.outOfBuffers)) / Double(measured.count(.operations))
    #expect(measured.number(.cqesPerOperation) == 1 + ends)
    #expect(measured.number(.sqesPerOperation) >= handBacks(cell))
    try expectRecycled(measured, cell)
  }

  /// One-shot requests are counted exactly above.
  @Test(arguments: multishot.filter { $0.mode == .legacyRuns }) func runsTakeFewerRequests(cell: Cell) async throws {
    let runs = try await Workload.measure(cell, rounds: 50)
    let each = try await Workload.measure(cell.with { $0.mode = .legacy }, rounds: 50)
    #expect(runs.number(.sqesPerOperation) < each.number(.sqesPerOperation))
    #expect(runs.count(.buffersRecycled) == each.count(.buffersRecycled))
  }

  /// With 96 buffers, every third batch of 64 takes the last 32 and the first 32: two runs.
  @Test func aRunEndsAtTheLastId() async throws {
    let cell = Cell.tried(.unixSeqpacket, .legacyRuns).with { ($0.buffers, $0.batch) = (96, 64) }
    let measured = try await Workload.measure(cell, rounds: 30)
    let requests = measured.number(.sqesPerOperation) * Double(measured.count(.operations))
    #expect(Int(requests.rounded()) == 30 * 64 + 40)
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

  /// Requests for each message that hand its buffer back.
  private func handBacks(_ cell: Cell) -> Double {
    switch cell.mode {
    case .legacy: 1
    // The kernel takes buffers in the order in which it got them, so the ids of a batch are consecutive.
    case .legacyRuns: 1 / Double(cell.batch)
    default: 0
    }
  }

  private func expectRecycled(_ measured: Measurements, _ cell: Cell) throws {
    let expected =
      // An incremental buffer goes back when it is full.
      !cell.mode.selectsFromGroup
      ? 0 : cell.mode.isIncremental ? measured.count(.bytes) / cell.bufferSize : measured.count(.operations)
    #expect(measured.count(.buffersRecycled) == expected)
  }

  /// The kernel keeps a record of each legacy buffer. Only a process that may read `/proc/slabinfo` sees it.
  @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/proc/slabinfo"), "/proc/slabinfo can't be read"))
  func whatTheKernelKeepsForBuffersIsSeen() async throws {
    func bytes(_ mode: Mode) async throws -> Int {
      let cell = Cell.tried(.unixSeqpacket, mode).with {
        $0.buffers = 32_768
        $0.bufferSize = 64
      }
      return try await Workload.measure(cell).count(.kernelBytes)
    }
    #expect(try await bytes(.legacy) > 500_000)
    #expect(try await bytes(.pbuf) < 500_000)
  }
}
