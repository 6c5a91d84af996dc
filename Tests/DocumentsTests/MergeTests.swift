import Base
import Documents
import TestSupport
import Testing
import Vocabulary

/// Parts of a deterministic run, joined.
@Suite struct MergeTests {
  private let modes: [Mode] = [.plain, .fixed, .legacy, .pbuf, .pbufMmap]

  private func part(_ number: Int, of count: Int = 2) -> ResultsDocument {
    let shard = Shard(number: number, of: count, cells: modes.count)
    var document = Sample.document(
      shard.places.map { Sample.result(Sample.cell(.pipe, modes[$0]), [600], instructions: Double($0)) })
    document.shard = shard
    document.fingerprint = Fingerprint(kernelImage: "a", initramfs: "b", qemu: "c", machine: "d")
    document.command = ["ringbench", "vm", "run", "--shard", "\(number)/\(count)", "--quiet"]
    return document
  }

  private func merged(_ parts: [ResultsDocument]) throws -> ResultsDocument {
    try ResultsDocument.merged(parts.enumerated().map { ("part\($0 + 1)", $1) })
  }

  /// What to choose is ranked over the cells of all parts.
  @Test func choicesAreOfTheWhole() throws {
    let cells = [Mode.plain, .pbuf].map { mode in
      CellResult(
        cell: Sample.cell(.unixSeqpacket, mode, mode == .plain ? .oneshot : .multishot), status: .ok,
        trials: Sample.trials([600]), summary: ["ns_per_operation": MetricSummary(median: 600, ci95: nil, trials: 1)])
    }
    let parts = (1...2).map { number -> ResultsDocument in
      var document = Sample.document([cells[number - 1]])
      document.shard = Shard(number: number, of: 2, cells: 2)
      document.fingerprint = Fingerprint(kernelImage: "a", initramfs: "b", qemu: "c", machine: "d")
      return document
    }
    let whole = Sample.document(cells)
    #expect(whole.choices?.first?.ranking.count == 2)
    #expect(try merged(parts).choices == whole.choices)
  }

  @Test func cellsComeInTheOrderOfTheRun() throws {
    let whole = try merged([part(1), part(2)])
    #expect(whole.cells.map(\.cell.mode) == modes)
    #expect(whole.shard == nil)
    #expect(whole.command == ["ringbench", "vm", "run", "--quiet"])
    #expect(try merged([part(2), part(1)]) == whole)
    #expect(try merged([part(1, of: 1)]).cells == whole.cells)
    #expect(try merged((1...5).map { part($0, of: 5) }).cells == whole.cells)
  }

  @Test func anUnfinishedPartLeavesTheRunUnfinished() throws {
    var second = part(2)
    second.finished = nil
    #expect(try merged([part(1), second]).finished == nil)
  }

  @Test func whatDoesNotBelongTogetherIsRefused() throws {
    func message(_ parts: [ResultsDocument]) throws -> String {
      try #require(#expect(throws: RingbenchError.self) { try merged(parts) }).message
    }
    #expect(try message([part(1)]) == "part 2 of 2 is missing: each part of the run is needed once")
    #expect(try message([part(1), part(2), part(2)]).hasPrefix("a part is there twice"))
    var other = part(2)
    other.fingerprint?.kernelImage = "x"
    #expect(try message([part(1), other]) == "part2: is of another run than part1: another kernel, guest or QEMU")
    other = part(2)
    other.seed += 1
    #expect(try message([part(1), other]).hasSuffix("another seed"))
    other = part(2)
    other.shard = nil
    #expect(try message([part(1), other]).hasPrefix("part2: is not a part of a run"))
    #expect(try message([part(1), part(2, of: 3)]).hasSuffix("another number of parts or cells"))
  }
}
