import Base
import Documents
import Planning
import TestSupport
import Testing
import Vocabulary

@testable import Answering

/// The answers that are no comparison of two kinds of cells: knees, counts, amounts, thresholds and checks.
@Suite struct CountingSentenceTests {
  private func headline(_ document: ResultsDocument) throws -> [String] {
    try #require(QuestionAnswer(document)).headline
  }

  // MARK: ring-size

  /// Rings below `clean` buffers run out in each trial: 200 times in 19 200 messages.
  private func ringSize(clean: Int, trials: Int? = nil) throws -> [String] {
    try headline(
      Asked.document(
        "ring-size", trials: trials,
        change: { cell, numbers in numbers[.outOfBuffers] = cell.buffers < clean ? 200 : 0 },
        cost: { cell, _ in cell.buffers < clean ? 700 : 600 }))
  }

  @Test func theSmallestRingAndThePriceOfRecovering() throws {
    let text = try ringSize(clean: 64)[0]
    #expect(
      text.hasPrefix(
        "Over unix-seqpacket: A ring of 64 buffers is enough for 64 messages at once: with 64 buffers there was not an ENOBUFS "
          + "in any of 15 trials, with 32 buffers there was. "), "\(text)")
    #expect(
      text.contains("Recovering from an ENOBUFS certainly costs 9") && text.contains(" ns (95 % interval "), "\(text)")
  }

  @Test func noRingIsLargeEnoughAndNoneIsTooSmall() throws {
    #expect(
      try ringSize(clean: 1024)[0].contains(
        "No ring that was measured is enough for 64 messages at once: even with 256 buffers"))
    #expect(try ringSize(clean: 1)[0].contains("A ring of 4 buffers is enough for 64 messages at once"))
  }

  @Test func twoTrialsDoNotTellThePrice() throws {
    #expect(
      try ringSize(clean: 64, trials: 2)[0].contains("What it costs can't be told from 2 trials: at least 6 are needed")
    )
  }

  // MARK: cache and buffer-size

  @Test func thePoolFallsOutOfTheCache() throws {
    let text = try headline(Asked.document("cache") { cell, _ in cell.buffers > 1024 ? 800 : 600 })[0]
    #expect(
      text.hasPrefix(
        "Over unix-seqpacket: Keep the pool at 1024 buffers of 4 KiB or less: beyond it a message certainly costs more than at 16, by 33 % (95 % interval 3"
      ),
      "\(text)")
    #expect(text.contains("at 4096. Over tcp: "))
  }

  @Test func thePoolDoesNotFallOut() throws {
    let text = try headline(Asked.document("cache") { _, _ in 600 })[0]
    #expect(
      text.hasPrefix(
        "Over unix-seqpacket: Up to 32768 buffers of 4 KiB the pool does not fall out: a message certainly takes no more than 5 % beyond what it takes at 16, at most "
      ),
      "\(text)")
  }

  @Test func aKneeCanNotBeToldFromTwoTrials() throws {
    let text = try headline(Asked.document("cache", trials: 2) { _, _ in 600 })[0]
    #expect(text.hasPrefix("Over unix-seqpacket: can't be told beyond 16: "), "\(text)")
  }

  @Test func buffersAreSoughtFromTheLargestDown() throws {
    let steep = try headline(Asked.document("buffer-size") { cell, _ in cell.bufferSize < 4096 ? 900 : 600 })
    #expect(steep[0].hasPrefix("Over tcp: For messages of 4 KiB take buffers of at least 4 KiB: "), "\(steep[0])")
    #expect(steep[1].hasPrefix("One group of large buffers does, for small messages too: "))
    let flat = try headline(Asked.document("buffer-size") { _, _ in 600 })
    #expect(flat[0].hasPrefix("Over tcp: For messages of 4 KiB all sizes down to 512 bytes do: "))
    #expect(flat[1].hasPrefix("One size does, for small messages are no dearer in large buffers: "))
    let few = try headline(Asked.document("buffer-size", trials: 2) { _, _ in 600 })
    #expect(few[0].contains("can't be told below 64 KiB") && few[1].hasPrefix("Can't be told whether "))
  }

  // MARK: memory

  private func memory(_ trials: Int? = nil, bytes: @escaping (Cell) -> Double) throws -> String {
    try headline(
      Asked.document("memory", trials: trials, change: { $1[.bufferBytes] = bytes($0) }, cost: { _, _ in 600 }))[0]
  }

  @Test func theModeThatTakesLeastMemory() throws {
    let text = try memory { $0.mode == .syscall ? 4096 : Double($0.buffers) * 4096 }
    #expect(
      text.hasPrefix("Least memory takes syscall oneshot: 1.2 bytes (95 % interval 1.2 bytes) a connection; "),
      "\(text)")
    #expect(
      text.contains("plain oneshot 4.0 KiB (4.0 KiB)") && text.hasSuffix("certainly take more."), "\(text)")
    #expect(try memory { $0.mode == .plain ? 1 : 1e9 }.hasPrefix("Least memory takes plain oneshot: "))
  }

  @Test func equalAmountsCanNotBeTold() throws {
    #expect(try memory { _ in 1_048_576 }.hasPrefix("Can't be told whether "))
    #expect(try memory(3) { Double($0.buffers) }.contains("an interval takes at least 6 trials (--trials 6)"))
  }

  // MARK: fair

  private func fair(_ trials: Int? = nil, index: @escaping (Cell) -> Double) throws -> String {
    try headline(Asked.document("fair", trials: trials, change: { $1[.jainIndex] = index($0) }, cost: { _, _ in 600 }))[
      0]
  }

  @Test func aRingIsFairOrNot() throws {
    #expect(
      try fair { _ in 0.97 }
        == "Yes, a shared ring is fair: Jain's index is certainly at least 0.9, at the lowest 0.97 "
        + "(95 % interval 0.97) over tcp, 16 buffers. A connection waits for at most 12 messages of others, over tcp, 16 buffers."
    )
    #expect(
      try fair { _ in 0.4 }.hasPrefix(
        "A shared ring is not fair: Jain's index is certainly below 0.9, at the lowest 0.4 "))
    #expect(try fair { $0.buffers == 16 ? 0.4 : 0.97 }.contains("; but a shared ring is not fair in 2 of 4 places: "))
    #expect(
      try fair(3) { _ in 0.97 }.hasPrefix("Can't be told: Jain's index is 0.97 over tcp, 16 buffers, at least 6 trials")
    )
  }

  // MARK: correct

  @Test func everyByteArrived() throws {
    let text = try headline(Asked.document("correct") { _, _ in 600 })[0]
    #expect(
      text
        == "Yes, as far as was tried: all 44 combinations delivered every byte in order, 4224000 messages in 220 trials. "
        + "A fault rarer than that can't be told.")
  }

  @Test func knownFaultsAreNamed() throws {
    var document = try Asked.document("correct") { _, _ in 600 }
    document.host.knownFaults = []
    #expect(try headline(document)[0].hasSuffix("can't be told. None of the known faults that are looked for is here."))
    document.host.knownFaults = [
      KernelFault(name: "bundle-shrinks-buffer", summary: "a buffer gets shorter", fix: "70f4886bcbb9, Linux 7.1"),
      KernelFault(name: "incremental-short-read", summary: "a buffer gets a gap", fix: nil),
    ]
    #expect(
      try headline(document)[0].hasSuffix(
        "can't be told. But this kernel has 2 known faults: bundle-shrinks-buffer, a buffer gets shorter (mended by "
          + "70f4886bcbb9, Linux 7.1); incremental-short-read, a buffer gets a gap (not mended yet)."))
  }

  @Test func aFailedCellIsAFindingWithAReproducer() throws {
    var document = try Asked.document("correct") { _, _ in 600 }
    let index = try #require(document.cells.firstIndex { $0.cell.operation == .bundle && $0.cell.mode == .pbufInc })
    document.cells[index].status = .failed
    document.cells[index].reason = Reason(stage: .verify, message: "byte 3 of message 17 is 9, not 8")
    document.cells[index].trials = []
    let answer = try #require(QuestionAnswer(document))
    #expect(
      answer.headline == [
        "No: 1 of 44 combinations certainly went wrong: pbuf-inc bundle over tcp, messages of 1000 bytes, 4 buffers, batch 16, "
          + "verify 1. The first says: verify: byte 3 of message 17 is 9, not 8."
      ])
    #expect(
      answer.reproducers == [
        "ringbench run --suite correct --transport tcp --mode pbuf-inc --operation bundle --pattern drain --message-size 1000 "
          + "--buffer-size 4096 --buffers 4 --batch 16 --connections 1 --verify 1"
      ])
  }

  @Test func withoutAnyCellItCanNotBeTold() throws {
    let text = try headline(Asked.document("correct") { _, _ in nil })[0]
    #expect(text == "Can't be told here: this kernel does not offer it (register: EINVAL, no kernel-managed rings).")
  }
}
