import Base
import Documents
import Planning
import TestSupport
import Testing
import Vocabulary

@testable import Answering

/// The headline of each question against results made up for one outcome, for the other, and for neither.
@Suite struct AnswerSentenceTests {
  /// The beginning of the headline where everything that a suite compares as new is much cheaper, the same and much
  /// dearer than its baseline.
  struct Outcomes: Sendable, CustomTestStringConvertible {
    var name: String
    var better: String
    var same: String
    var worse: String
    var testDescription: String { name }

    init(_ name: String, _ better: String, _ same: String, _ worse: String) {
      (self.name, self.better, self.same, self.worse) = (name, better, same, worse)
    }
  }

  static let compared = [
    Outcomes(
      "hand-back", "Use a ring: a ring certainly costs less than legacy buffers, by ", "Either does: ",
      "Use legacy buffers: "),
    Outcomes("refill", "Refill in batches: ", "It does not matter: ", "Refill eagerly: "),
    Outcomes(
      "incremental", "Consume buffers incrementally: an incremental buffer certainly costs less than a whole one, by ",
      "Consume buffers incrementally, which saves memory and costs nothing: ", "Use whole buffers, and"),
    Outcomes(
      "bundle", "Over tcp: Use bundles for messages of 64 bytes and more: ", "Over tcp: Bundles do not help: ",
      "Over tcp: Do without bundles: "),
    Outcomes(
      "groups", "Share one ring: a shared ring certainly",
      "Share one ring, which costs no more and takes less memory: ",
      "Give each connection a ring: "),
    Outcomes(
      "nodes", "Keep a set of buffers for each node: ", "One set of buffers does: ",
      "One set of buffers does, even on another node: "),
    Outcomes(
      "huge-pages", "Ask for transparent huge pages: ", "Transparent huge pages do not help: ",
      "Do without transparent huge pages: "),
    Outcomes(
      "epoll", "Yes, where receives wait: ", "No, where receives wait it is the same: ", "No, where receives wait: a"),
    Outcomes(
      "registered", "Over pipe: Use registered buffers for reads of 64 bytes and more: ",
      "Over pipe: Registered buffers save nothing beside provided ones: ", "Over pipe: Use provided buffers: "),
  ]

  /// A message costs `new` where the first step's new side is, and 600 elsewhere.
  private func headline(_ name: String, new: Double, trials: Int? = nil, noise: Double = 0) throws -> String {
    let first = try #require(SuiteLibrary.question(of: name)).steps[0]
    let side: NamedCells? =
      switch first {
      case .cheaper(let step): step.new
      case .from(let step): step.sides.new
      default: nil
      }
    let cells = try #require(side).cells
    let document = try Asked.document(name, trials: trials) { cell, trial in
      (cells.matches(cell) ? new : 600) * (1 + noise * Double((trial * 5 + (cells.matches(cell) ? 3 : 0)) % 7 - 3))
    }
    return try #require(QuestionAnswer(document)).headline[0]
  }

  @Test(arguments: compared) func saysWhatIsBetter(outcomes: Outcomes) throws {
    #expect(try headline(outcomes.name, new: 300).hasPrefix(outcomes.better))
    #expect(try headline(outcomes.name, new: 601).hasPrefix(outcomes.same))
    #expect(try headline(outcomes.name, new: 900).hasPrefix(outcomes.worse))
  }

  /// A sentence does not begin with a word for something that it has not named.
  @Test func whatIsDearerOrTheSameIsNamedFirst() throws {
    let document = try Asked.document("epoll") { cell, _ in
      cell.mode == .plain && cell.transport == .tcp ? 900 : 600
    }
    let answer = try #require(QuestionAnswer(document))
    let text = (answer.headline + answer.support).joined(separator: "\n")
    #expect(
      text.contains(
        "It depends: a one-shot receive with a buffer of its own certainly costs more than epoll with recv by "),
      "\(text)")
    #expect(!text.contains("It depends: it "), "\(text)")
  }

  @Test func whatIsBetterForSmallMessagesAloneDepends() throws {
    let document = try Asked.document("registered") { cell, _ in
      guard cell.mode == .fixed else { return 600 }
      return cell.messageSize < 1024 ? 500 : cell.messageSize == 1024 ? 600 : 700
    }
    let text = try #require(QuestionAnswer(document)).headline[0]
    #expect(
      text.hasPrefix(
        "Over pipe: It depends: a registered buffer certainly costs less than a provided one at 64 bytes and 512 bytes, by 17 %"
      ),
      "\(text)")
    #expect(text.contains("; it certainly costs more than it at 4 KiB and 16 KiB, by 17 % ("), "\(text)")
  }

  @Test(arguments: compared) func saysThatItCanNotTell(outcomes: Outcomes) throws {
    let few = try headline(outcomes.name, new: 300, trials: 2)
    #expect(few.lowercased().contains("can't be told") && few.contains("(--trials "), "\(few)")
    let noisy = try headline(outcomes.name, new: 612, noise: 0.15)
    #expect(noisy.lowercased().contains("can't be told") && noisy.contains("trials would tell"), "\(noisy)")
  }

  @Test func theWholeSentenceHasTheFigureAndItsInterval() throws {
    let document = try Asked.document("epoll") { cell, _ in
      cell.mode == .pbuf && cell.operation == .multishot ? 450 : 600
    }
    let answer = try #require(QuestionAnswer(document))
    #expect(
      answer.headline == [
        "Yes, where receives wait: a multishot receive from a ring of buffers certainly costs less than epoll with recv, "
          + "by 25 % (95 % intervals within 25 %) in 4 places over tcp and unix-seqpacket.",
        "With a sender at work it saves CPU: a multishot receive from a ring of buffers certainly takes less CPU time than "
          + "epoll with recv, by 25 % (95 % interval 25 %) over tcp.",
      ])
  }

  @Test func transportsThatDifferAreNamed() throws {
    let document = try Asked.document("nodes") { cell, _ in
      let isLocal = cell.cpuNode == cell.memoryNode
      return isLocal && cell.transport == .tcp ? 500 : isLocal ? 700 : 600
    }
    let answer = try #require(QuestionAnswer(document)).headline[0]
    #expect(
      answer.hasPrefix("It depends: a buffer of the CPU's own node certainly costs less than one of another node by "))
    #expect(
      answer.contains(" in 4 places over tcp; ") && answer.hasSuffix(" in 4 places over unix-seqpacket."), "\(answer)")
    #expect(answer.contains("; it certainly costs more than one of another node by "))
  }

  @Test func aGuestSpeaksOfInstructions() throws {
    let document = Asked.counted(try Asked.document("hand-back") { cell, _ in cell.mode == .pbuf ? 400 : 600 })
    let answer = try #require(QuestionAnswer(document)).headline[0]
    #expect(
      answer.hasPrefix("Use a ring: a ring certainly takes fewer instructions than legacy buffers, by "), "\(answer)")
  }

  @Test func aMachineWithOneNodeSaysHowToAskAnother() throws {
    let document = try Asked.document("nodes", nodes: Sample.host.nodes) { _, _ in 600 }
    let answer = try #require(QuestionAnswer(document))
    #expect(
      answer.headline == [
        "Can't be told here: the run has no cells of a buffer of the CPU's own node and one of another node that differ in "
          + "that alone."
      ])
    #expect(answer.support.contains { $0.contains("--nodes 2 --deterministic -- --suite nodes") })
  }

  @Test func tooFewTrialsAreNoReasonToAskAnotherKernel() throws {
    let document = try Asked.document("bundle", trials: 2) { _, _ in 600 }
    let answer = try #require(QuestionAnswer(document))
    #expect(answer.headline[0].contains("can't be told"))
    #expect(!answer.support.contains { $0.contains("Bundles need Linux") }, "\(answer.support)")
  }

  @Test func aKernelWithoutMinLeftSaysSo() throws {
    let document = try Asked.document("incremental") { cell, _ in cell.number(.minLeft) > 1 ? nil : 600 }
    let answer = try #require(QuestionAnswer(document))
    #expect(
      answer.headline[1]
        == "Can't be told here: this kernel does not offer it (register: EINVAL, no kernel-managed rings).")
    #expect(answer.support.contains { $0.hasPrefix("16 cells have no numbers, such as pbuf-inc multishot over tcp, ") })
    #expect(answer.support.contains { $0.contains("min_left needs a newer kernel") })
  }
}
