import Documents
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct ReferenceTests {
  static let oneshot: [Cell] = [Transport.unixSeqpacket, .pipe].flatMap { transport in
    [Mode.plain, .legacy, .pbuf].map { .reference(transport, $0, .oneshot) }
  }
  static let multishot: [Cell] = [Transport.unixSeqpacket, .pipe].flatMap { transport in
    [Mode.legacy, .pbuf].map { .reference(transport, $0, .multishot) }
  }

  @Test(.enabled(if: Kernel.runs(.reference(.unixSeqpacket, .pbuf, .oneshot))), arguments: oneshot)
  func everyMessageIsOneOneshotCompletion(cell: Cell) throws {
    let reply = try ReferenceExecutable.measure(cell, rounds: 50)
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    #expect(reply.schema == TrialReply.currentSchema)
    #expect(reply.cell == cell)
    #expect(reply.status == .ok)
    #expect(measured.count(.operations) == 50 * cell.batch)
    #expect(measured.count(.bytes) == measured.count(.operations) * cell.messageSize)
    #expect(measured.number(.cqesPerOperation) == 1)
    #expect(measured.number(.sqesPerOperation) == (cell.mode == .legacy ? 2 : 1))
    #expect(measured.count(.buffersRecycled) == (cell.mode == .plain ? 0 : measured.count(.operations)))
    #expect(measured.count(.outOfBuffers) == 0)
    #expect(measured[.startToFirstOperation] == nil)
    #expect(reply.outcome.placement.buffers.values.reduce(0, +) == cell.buffers * cell.bufferSize / Int(getpagesize()))
  }

  /// Registered descriptors change what a receive costs, and nothing of what it does.
  @Test(.enabled(if: Kernel.runs(.reference(.pipe, .pbuf, .multishot))), arguments: oneshot + multishot)
  func theTightFormDoesTheSame(cell: Cell) throws {
    var tight = cell
    tight.implementation = .tight
    let (usual, reply) = (
      try ReferenceExecutable.measure(cell, rounds: 50), try ReferenceExecutable.measure(tight, rounds: 50)
    )
    #expect(reply.cell == tight)
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    for metric in [Metric.operations, .sqesPerOperation, .cqesPerOperation, .entersPerOperation, .buffersRecycled] {
      #expect(measured[metric] == usual.measurements?[metric], "\(metric)")
    }
  }

  @Test(.enabled(if: Kernel.runs(.reference(.pipe, .pbuf, .multishot))), arguments: multishot)
  func multishotArmsOnceAndReceivesEverything(cell: Cell) throws {
    let reply = try ReferenceExecutable.measure(cell, rounds: 50)
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    #expect(measured.count(.operations) == 50 * cell.batch)
    // Only legacy's hand-backs are submitted. A stream's completions hold several messages.
    #expect(measured.number(.sqesPerOperation) == (cell.mode == .legacy ? measured.number(.cqesPerOperation) : 0))
    #expect(cell.transport == .pipe ? measured.number(.cqesPerOperation) <= 1 : measured.number(.cqesPerOperation) == 1)
  }

  @Test(.enabled(if: Kernel.runs(.reference(.unixSeqpacket, .pbuf, .multishot))), arguments: [Mode.legacy, .pbuf])
  func runningOutOfBuffersIsCountedAndSurvived(mode: Mode) throws {
    let cell = Cell.reference(.unixSeqpacket, mode, .multishot, buffers: 16)
    let measured = try #require(try ReferenceExecutable.measure(cell, rounds: 20).measurements)
    #expect(measured.count(.operations) == 20 * cell.batch)
    #expect(measured.count(.outOfBuffers) > 0)
  }

  @Test(.enabled(if: Kernel.runs(.reference(.pipe, .pbuf, .multishot))), arguments: [1, 3, 7, 8, 100, 3000, 4096])
  func messagesOfEverySizeArriveWhole(messageSize: Int) throws {
    for cell in Self.oneshot + Self.multishot {
      var sized = cell
      sized.messageSize = messageSize
      let reply = try ReferenceExecutable.measure(sized, rounds: 5)
      #expect(reply.status == .ok, "\(sized.id): \(String(describing: reply.reason))")
    }
  }

  @Test(.enabled(if: Kernel.runs(.reference(.unixSeqpacket, .pbuf, .oneshot)) && Strace.works), arguments: oneshot)
  func straceCountsTheSameEnters(cell: Cell) throws {
    let rounds = 4000
    let summary = FileManager.default.temporaryDirectory.appendingPathComponent("strace-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: summary) }
    let output = try ReferenceExecutable.run(
      cell.arguments + ["--rounds", "\(rounds)"], under: Strace.counting("io_uring_enter", into: summary))
    let reply = try JSONDecoder().decode(TrialReply.self, from: output.standardOutput)
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    let counted = try #require(Strace.calls(of: "io_uring_enter", in: summary))
    let reported = measured.number(.entersPerOperation) * Double(measured.count(.operations))
    #expect(abs(Double(counted) - reported) <= 0.01 * Double(counted), "strace \(counted), reported \(reported)")
  }

  /// The calls of the loop without a ring are those of the Swift loop.
  @Test(arguments: [(Transport.unixSeqpacket, 1, 65.0), (.tcp, 1, 65), (.pipe, 4, 68), (.file, 1, 64)])
  func theLoopWithoutARingMakesTheSameCalls(transport: Transport, connections: Int, calls: Double) throws {
    var cell = Cell.reference(transport, .syscall, .oneshot, batch: 64)
    cell.connections = connections
    let reply = try ReferenceExecutable.measure(cell, rounds: 50)
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    #expect(measured.count(.operations) == 50 * 64)
    #expect(measured.number(.entersPerOperation) * 64 == calls)
    #expect(measured.number(.sqesPerOperation) == 0)
    #expect(reply.outcome.placement.buffers.values.reduce(0, +) == 1)
  }

  @Test func startIsToldWhenTheDriverSaidWhenItWas() throws {
    let started = DispatchTime.now().uptimeNanoseconds
    let reply = try ReferenceExecutable.measure(
      .reference(.unixSeqpacket, .plain, .oneshot), rounds: 1, options: ["--started-at", "\(started)"])
    let measured = try #require(reply.measurements, "\(String(describing: reply.reason))")
    #expect(measured[.startToFirstOperation] != nil)
  }

  @Test(arguments: [
    Cell.reference(.tcp, .plain, .oneshot), .reference(.pipe, .kmbuf, .oneshot), .reference(.pipe, .pbuf, .bundle),
    .reference(.pipe, .plain, .multishot), .reference(.pipe, .legacyRuns, .oneshot),
  ])
  func whatItDoesNotDoIsUnsupported(cell: Cell) throws {
    let reply = try ReferenceExecutable.measure(cell, rounds: 1)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .setup)
    #expect(reply.measurements == nil)
    #expect(reply.cell == cell)
  }

  /// Words and axes of the project are known to it or answered as unsupported, never an error.
  @Test(arguments: Mode.allCases, Transport.allCases) func everyWordIsAnswered(mode: Mode, transport: Transport) throws
  {
    for operation in Vocabulary.Operation.allCases {
      let cell = Cell.reference(transport, mode, operation, messageSize: 64, buffers: 64, batch: 16)
      let reply = try ReferenceExecutable.measure(cell, rounds: 1)
      #expect(reply.status != .failed, "\(String(describing: reply.reason))")
      #expect(reply.cell == cell)
    }
  }

  @Test func anAxisThatItDoesNotKnowIsEchoed() throws {
    let output = try ReferenceExecutable.run(["--new-axis", "7", "--rounds", "1"])
    let text = String(decoding: output.standardOutput, as: UTF8.self)
    #expect(output.status == 0)
    #expect(text.contains("\"new_axis\": 7") && text.contains("\"unsupported\""), "\(text)")
  }

  @Test func theToleranceIsTheDrivers() throws {
    let header = try String(
      contentsOfFile: Places.package + "/Benchmarks/reference/syscall_probe.h", encoding: .utf8)
    #expect(header.contains("#define SYSCALL_TOLERANCE \(CoreSpeed.tolerance)\n"))
  }

  @Test(arguments: [
    ["--mode", "None"], ["--message-size", "0"], ["--message-size", "x"], ["--buffers", "3", "--mode", "pbuf"],
    ["--buffers", "65536"], ["--buffer-size", "8"], ["--batch", "-1"], ["--rounds", "1", "--duration", "1"],
    ["stray"], ["--nonesuch"], ["--cpu-node"],
  ])
  func badUsageIsOneLineAndStatusTwo(arguments: [String]) throws {
    let output = try ReferenceExecutable.run(arguments)
    #expect(output.status == 2)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError.split(separator: "\n").count == 1, "\(output.standardError)")
  }
}
