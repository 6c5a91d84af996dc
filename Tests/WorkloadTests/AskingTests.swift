import Base
import Documents
import TestSupport
import Testing
import Vocabulary

/// The axes that say how a receive is asked for.
@Suite struct AskingTests {
  static let ways: [(pollFirst: Int, registeredFiles: Int)] = [(1, 0), (0, 1), (1, 1)]
  static let sockets = Combination.working.filter {
    $0.workload == .socket && [.plain, .legacy, .pbuf].contains($0.mode)
  }

  @Test(arguments: ways, [Pattern.drain, .armed]) func everySocketReceivesInEveryWay(
    way: (pollFirst: Int, registeredFiles: Int), pattern: Pattern
  ) async throws {
    for cell in Self.sockets {
      let cell = cell.with {
        $0.pattern = pattern
        $0.connections = 3
        $0[.pollFirst] = way.pollFirst
        $0[.registeredFiles] = way.registeredFiles
      }
      #expect(try await Workload.measure(cell).count(.operations) == 20 * cell.batch, "\(cell.id)")
    }
  }

  @Test(arguments: Combination.working.filter { $0.workload != .socket && $0.mode.usesUring && $0.mode != .legacyRuns })
  func pipesAndFilesCanBeRegistered(cell: Cell) async throws {
    let cell = cell.with { $0[.registeredFiles] = 1 }
    #expect(try await Workload.measure(cell).count(.operations) == 20 * cell.batch)
  }

  @Test func onlySocketsPollFirst() async throws {
    let reply = try await Workload.reply(.tried(.pipe, .plain).with { $0[.pollFirst] = 1 })
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains("receives on sockets") == true)
  }

  /// The kernel sees the flag and the registered descriptors, or it would not be the same work that costs less.
  @Test(.enabled("strace can trace here") { await Strace.works() })
  func registeredDescriptorsAreRegistered() async throws {
    let folder = try TemporaryFolder()
    let counting = Strace.counting("io_uring_register", into: folder.file("summary"))
    _ = try await Workload.reply(.tried(.tcp, .plain).with { $0[.registeredFiles] = 1 }, under: counting)
    #expect(try #require(Strace.calls(of: "io_uring_register", in: folder.file("summary"))) >= 1)
  }
}
