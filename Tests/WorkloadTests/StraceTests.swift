import Base
import Documents
import TestSupport
import Testing
import Vocabulary

/// What the kernel saw, and what happens when it refuses.
@Suite(.enabled("strace can trace here") { await Strace.works() })
struct StraceTests {
  static let counted: [Cell] = [Transport.unixSeqpacket, .pipe, .tcp].flatMap { transport in
    [Mode.plain, .legacy, .pbuf].map { Cell.tried(transport, $0) } + [.tried(transport, .pbuf, .multishot)]
  }.filter(Kernel.supports)

  @Test(arguments: counted) func straceCountsTheSameEnters(cell: Cell) async throws {
    let folder = try TemporaryFolder()
    let counting = Strace.counting("io_uring_enter", into: folder.file("summary"))
    let reply = try await Workload.reply(cell, rounds: 4000, under: counting)
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    let calls = try #require(Strace.calls(of: "io_uring_enter", in: folder.file("summary")))
    let reported = measured.number(.entersPerOperation) * Double(measured.count(.operations))
    #expect(abs(Double(calls) - reported) <= 0.01 * Double(calls), "strace \(calls), reported \(reported)")
  }

  /// A mode that entered the kernel more often than another in the same block would look dear for what it need not do.
  @Test(arguments: [Transport.unixSeqpacket, .unixStream, .tcp, .pipe], [Pattern.drain, .armed])
  func allModesOfABlockEnterTheKernelEquallyOften(transport: Transport, pattern: Pattern) async throws {
    for (operation, connections) in product([Vocabulary.Operation.oneshot, .multishot], [1, 16, 64]) {
      var enters: [Mode: Double] = [:]
      for mode in [Mode.plain, .legacy, .legacyRuns, .pbuf, .pbufInc] {
        let cell = Cell.tried(transport, mode, operation, pattern).with { $0.connections = connections }
        guard Kernel.supports(cell), operation == .oneshot || mode.selectsFromGroup else { continue }
        // The difference of two lengths is free of set-up and checking rounds.
        enters[mode] = (try await calls(cell, rounds: 60) - calls(cell, rounds: 20)) / 40
      }
      #expect(Set(enters.values).count == 1, "\(transport) \(operation) \(connections): \(enters)")
      #expect(pattern != .drain || enters[.pbuf] == 1, "\(transport) \(operation) \(connections): \(enters)")
    }
  }

  private func product<A, B>(_ first: [A], _ second: [B]) -> [(A, B)] { first.flatMap { a in second.map { (a, $0) } } }

  private func calls(_ cell: Cell, rounds: Int) async throws -> Double {
    let folder = try TemporaryFolder()
    let counting = Strace.counting("io_uring_enter", into: folder.file("summary"))
    let reply = try await Workload.reply(cell, rounds: rounds, under: counting)
    #expect(reply.status == .ok, "\(cell.id): \(String(describing: reply.reason))")
    return Double(try #require(Strace.calls(of: "io_uring_enter", in: folder.file("summary"))))
  }

  @Test(
    arguments: ["ringbench-socket", "ringbench-pipe", "ringbench-file"],
    [
      ("EPERM", "io_uring_disabled"), ("ENOSYS", "seccomp"), ("ENOMEM", "ulimit -l"),
    ])
  func withoutIoUringNothingRuns(name: String, refusal: (errno: String, remedy: String)) async throws {
    let program = try await Workload.run(name, ["--rounds", "1"], under: refusing(refusal.errno))
    #expect(program.status == 77)
    #expect(program.output == "")
    #expect(program.errorLines.count == 1)
    #expect(program.error.contains(refusal.errno), "\(program.error)")
    #expect(program.error.contains(": "), "\(program.error)")
  }

  @Test(arguments: ["EPERM", "ENOSYS", "ENOMEM"]) func aRunWithoutIoUringWritesNothing(errno: String) async throws {
    let folder = try TemporaryFolder()
    let arguments = ["run", "--transport", "pipe", "--mode", "plain", "--trials", "1", "--output", folder.file("out")]
    let program = try await Workload.run("ringbench", arguments, under: refusing(errno))
    #expect(program.status == 77)
    #expect(program.output == "")
    #expect(program.errorLines.count == 1)
    #expect(program.error.contains(errno), "\(program.error)")
    #expect(try folder.contents.isEmpty)
  }

  @Test(arguments: ["EPERM", "ENOSYS", "ENOMEM"]) func aProbeWithoutIoUringSaysWhy(errno: String) async throws {
    let program = try await Workload.run("ringbench", ["probe"], under: refusing(errno))
    #expect(program.status == 77)
    #expect(program.output == "")
    #expect(program.errorLines.count == 1)
    #expect(program.error.contains(errno), "\(program.error)")
  }

  @Test(arguments: [Mode.pbuf, .pbufMmap, .pbufInc, .kmbuf, .kmbufRefill], ["ENOMEM", "EINVAL"])
  func aRefusedRegistrationIsAResult(mode: Mode, errno: String) async throws {
    let program = try await Workload.run(
      .tried(.pipe, mode), rounds: 1, under: Strace.refusing("io_uring_register", errno))
    #expect(program.status == 0, "\(program.error)")
    let reply = try Workload.decode(program)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .register)
    #expect(reply.reason?.errno == errno)
    if errno == "ENOMEM" { #expect(reply.reason?.message.contains("ulimit -l") == true) }
  }

  /// The groups before it are there already, and are taken down.
  @Test(arguments: [Mode.pbuf, .pbufInc, .kmbuf]) func theThirdRefusedGroupIsAResult(mode: Mode) async throws {
    let cell = Cell.tried(.pipe, mode, .multishot).with {
      $0.connections = 4
      $0[.groups] = BufferGroups.perConnection.rawValue
    }
    let program = try await Workload.run(
      cell, rounds: 1, under: Strace.refusing("io_uring_register", "ENOMEM", from: mode == .kmbuf ? 1 : 3))
    #expect(program.status == 0, "\(program.error)")
    let reply = try Workload.decode(program)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .register)
  }

  private func refusing(_ errno: String) -> [String] { Strace.refusing("io_uring_setup", errno) }
}
