import Documents
import TestSupport
import Testing
import Vocabulary

/// How buffer groups are shared, how full they are, and how their buffers go back.
@Suite struct GroupTests {
  private static let modes: [Mode] = [.legacy, .legacyRuns, .pbuf, .pbufInc]

  /// Requests that hand buffers back tell how many go back at once: one for each run of ids.
  @Test(arguments: [(1, 2.0), (8, 1.125), (32, 1.03125)]) func runsGoBackTogether(count: Int, requests: Double)
    async throws
  {
    let cell = Cell.tried(.unixSeqpacket, .legacyRuns).with { $0[.handBack] = count }
    let measurements = try await Workload.measure(cell)
    #expect(abs((measurements[.sqesPerOperation] ?? 0) - requests) < 0.01)
  }

  @Test(arguments: modes, [1, 8, 32, 256]) func everyBufferGoesBack(mode: Mode, count: Int) async throws {
    for pattern in [Pattern.drain, .armed, .stream] {
      for operation in [Vocabulary.Operation.oneshot, .multishot] {
        let cell = Cell.tried(.tcp, mode, operation, pattern).with { $0[.handBack] = count }
        #expect(try await Workload.measure(cell).count(.operations) == 20 * cell.batch, "\(cell.id)")
      }
    }
  }

  /// With fewer buffers than messages some receives find none, and all messages come all the same.
  @Test(arguments: modes, [4, 16]) func smallGroupsRunOut(mode: Mode, buffers: Int) async throws {
    for transport in [Transport.unixSeqpacket, .tcp, .pipe] {
      for operation in [Vocabulary.Operation.oneshot, .multishot] {
        let cell = Cell.tried(transport, mode, operation).with {
          // One message fills a buffer, on byte streams too.
          ($0.buffers, $0.bufferSize) = (buffers, $0.messageSize)
        }
        let measurements = try await Workload.measure(cell)
        #expect(measurements.count(.operations) == 20 * cell.batch)
        #expect(measurements.count(.outOfBuffers) > 0, "\(cell.id)")
      }
    }
  }

  @Test(arguments: modes) func aGroupThatIsLargeEnoughDoesNot(mode: Mode) async throws {
    let measurements = try await Workload.measure(.tried(.unixSeqpacket, mode).with { $0.buffers = 64 })
    #expect(measurements.count(.outOfBuffers) == 0)
  }

  @Test(arguments: modes, [Pattern.drain, .armed]) func eachConnectionMayHaveItsOwn(mode: Mode, pattern: Pattern)
    async throws
  {
    for operation in [Vocabulary.Operation.oneshot, .multishot] {
      let cell = Cell.tried(.unixSeqpacket, mode, operation, pattern).with {
        ($0.connections, $0.buffers) = (16, 16)
        $0[.groups] = BufferGroups.perConnection.rawValue
      }
      let measurements = try await Workload.measure(cell)
      #expect(measurements.count(.operations) == 20 * cell.batch)
      #expect(measurements.count(.bufferBytes) == 16 * 16 * cell.bufferSize)
    }
  }

  /// A completion that spans buffers, buffers that go back together, and a group that runs out: each group for itself.
  @Test(arguments: [Mode.legacy, .legacyRuns, .pbuf, .pbufMmap, .pbufInc], [1, 3])
  func groupsOfTheirOwnGoTheirOwnWays(mode: Mode, handBack: Int) async throws {
    let bundles = [Mode.pbuf, .pbufMmap, .pbufInc].contains(mode)
    for operation in bundles ? [Vocabulary.Operation.multishot, .bundle] : [.multishot] {
      let cell = Cell.tried(.tcp, mode, operation).with {
        ($0.connections, $0.buffers, $0.bufferSize) = (4, 8, $0.messageSize)
        $0[.groups] = BufferGroups.perConnection.rawValue
        $0[.handBack] = handBack
      }
      let measurements = try await Workload.measure(cell)
      #expect(measurements.count(.operations) == 20 * cell.batch)
      // A bundle takes what there is, and the next one comes after that has gone back.
      if operation == .multishot { #expect(measurements.count(.outOfBuffers) > 0, "\(cell.id)") }
    }
  }

  @Test(arguments: [
    (Cell.tried(.tcp, .plain).with { $0[.handBack] = 8 }, "hands none back"),
    (Cell.tried(.tcp, .plain).with { $0[.groups] = 1 }, "no buffer groups"),
    (Cell.tried(.file, .pbuf).with { $0[.groups] = 1 }, "one buffer group"),
    (Cell.tried(.tcp, .pbuf).with { $0[.minLeft] = 64 }, "consumes buffers whole"),
    (Cell.tried(.tcp, .legacy).with { ($0.bufferSize, $0[.align]) = (100, 64) }, "lie side by side"),
    (Cell.tried(.tcp, .kmbuf).with { $0[.backing] = Backing.huge.rawValue }, "its own choice"),
    (Cell.tried(.tcp, .pbuf, .oneshot, .stream).with { $0[.cold] = 1 }, "drain and armed have rounds"),
    (Cell.tried(.tcp, .pbuf, .oneshot, .stream).with { $0[.verify] = 1 }, "drain and armed have rounds"),
  ]) func whatCanNotBeHasAReason(cell: Cell, words: String) async throws {
    let reply = try await Workload.reply(cell)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains(words) == true, "\(String(describing: reply.reason))")
  }

  /// What the application does with memory and bytes changes no message.
  @Test(arguments: [Mode.plain, .legacy, .pbuf, .pbufInc, .syscall]) func memoryMayLieAnywhere(mode: Mode) async throws
  {
    let changes: [(inout Cell) -> Void] = [
      { $0[.backing] = Backing.small.rawValue }, { $0[.backing] = Backing.transparent.rawValue },
      { $0[.align] = 64 }, { $0[.cold] = 1 }, { $0[.touch] = 1 }, { $0[.verify] = 1 },
    ]
    for change in changes {
      let cell = Cell.tried(.tcp, mode).with(change)
      #expect(try await Workload.measure(cell).count(.operations) == 20 * cell.batch, "\(cell.id)")
    }
  }

  @Test func alignedBuffersTakeMoreRoom() async throws {
    let cell = Cell.tried(.tcp, .pbuf).with { ($0.bufferSize, $0[.align]) = (1000, 4096) }
    #expect(try await Workload.measure(cell).count(.bufferBytes) == 256 * 4096)
  }
}
