import Documents
import TestSupport
import Testing
import Vocabulary

/// Connections that carry data among others that wait, and how evenly they are served.
@Suite struct ManyConnectionsTests {
  @Test(arguments: [Mode.plain, .legacy, .pbuf, .syscall], [Pattern.drain, .armed, .stream])
  func onlySomeCarryData(mode: Mode, pattern: Pattern) async throws {
    for transport in [Transport.tcp, .unixSeqpacket, .pipe] {
      let cell = Cell.tried(transport, mode, .oneshot, pattern).with {
        ($0.connections, $0[.hot]) = (200, NumberAxis.value(fraction: 0.05))
      }
      #expect(try await Workload.measure(cell).count(.operations) == 20 * cell.batch, "\(cell.id)")
    }
  }

  /// More than twice as many descriptors as the hard limit of many systems allows in one table.
  @Test(arguments: [Mode.pbuf, .legacy, .syscall]) func tenThousand(mode: Mode) async throws {
    let cell = Cell.tried(.unixSeqpacket, mode, mode.usesUring ? .multishot : .oneshot, .armed).with {
      ($0.connections, $0[.hot]) = (10_000, NumberAxis.value(fraction: 0.001))
    }
    #expect(try await Workload.measure(cell).count(.operations) == 20 * cell.batch)
  }

  /// A one-shot receive takes one message, so that connections take turns. A multishot receive takes all there is.
  @Test func serviceIsCounted() async throws {
    func measure(_ mode: Mode, _ operation: Vocabulary.Operation) async throws -> (Double?, Int?) {
      let cell = Cell.tried(.unixSeqpacket, mode, operation).with { $0.connections = 16 }
      let measurements = try await Workload.measure(cell)
      return (measurements[.jainIndex], measurements.count(.longestWait))
    }
    #expect(try await measure(.pbuf, .oneshot) == (1, 15))
    #expect(try await measure(.pbuf, .multishot) == (0.5, 60))
    #expect(try await measure(.syscall, .oneshot) == (0.5, 60))
    let alone = try await Workload.measure(.tried(.unixSeqpacket, .pbuf))
    #expect(alone[.jainIndex] == nil && alone[.longestWait] == nil)
  }
}
