import ArgumentParser
import Arguments
import Testing
import Vocabulary

/// Collecting all that is wrong with a command line, with a small one.
@Suite struct WrongWordsTests {
  private struct Small: ParsableCommand {
    @Option(completion: .words(of: Mode.self), transform: Lists.words) var mode: [[Mode]] = []
    @Option var trials: Int?
    @Option var suite: String?
    @OptionGroup var numbers: NumberAxisOptions
  }

  private func wrong(_ line: String, plan: @escaping ([String]) -> String? = { _ in nil }) -> WrongWords {
    WrongWords(
      line.split(separator: " ").map(String.init),
      known: KnownOptions([Small.self]).withUsualNumbers.with(["quick", "ci"], for: "--suite"),
      misplaced: { _ in nil },
      parse: { words in
        do { _ = try Small.parse(words) } catch { return Small.message(for: error) }
        return nil
      }, plan: plan)
  }

  @Test func everyWrongValueIsNamedOnce() {
    let found = wrong("--mode foo --batch x --trials 1,5 --buffers 128")
    #expect(found.messages.count == 3)
    for (message, value) in zip(found.messages, ["'foo'", "'x'", "'1,5'"]) { #expect(message.contains(value)) }
    #expect(found.corrected == ["--mode", "syscall", "--batch", "64", "--buffers", "128"])
  }

  /// A slip of the finger is set right, also within a list and in the name of an option.
  @Test(arguments: [
    ("--mode pbfu", "--mode pbuf"), ("--mode=kmbuf-run,plian", "--mode kmbuf-runs,plain"),
    ("--mdoe pbuf", "--mode pbuf"), ("--bogus 3 --mode pbuf", "--mode pbuf"), ("--mode pbuf extra", "--mode pbuf"),
    ("--mode pbuf --batch", "--mode pbuf --batch 64"), ("--mode pbuf --trials -3", "--mode pbuf"),
  ])
  func whatResembles(line: String, right: String) {
    #expect(wrong(line).corrected?.joined(separator: " ") == right)
  }

  @Test func everythingWrongInAListIsNamed() {
    let message = wrong("--mode foo,pbuf,bar").messages.joined()
    #expect(message.contains("unknown mode 'foo', unknown mode 'bar': one of syscall"))
  }

  /// A clash may come from a value that was put in place of a wrong one. Only what stands alone is believed then.
  @Test func clashesOfOtherValuesAreNotReported() {
    let clash = { (words: [String]) in
      words.contains { ["syscall", "plain"].contains($0) } ? "--buffers: 3 buffers: a clash" : nil
    }
    #expect(wrong("--mode foo --buffers 3", plan: clash).messages.count == 1)
    #expect(wrong("--mode foo --buffers 3", plan: clash).corrected == nil)
    let real = wrong("--mode plian --buffers 3", plan: clash)
    #expect(real.messages.count == 2)
    let unknown = { (words: [String]) in words.contains("quik") ? "--suite: unknown suite 'quik'" : nil }
    let suite = wrong("--mode foo --suite quik", plan: unknown)
    #expect(suite.messages.last == "--suite: unknown suite 'quik'")
    #expect(suite.corrected == ["--mode", "syscall", "--suite", "quick"])
  }

  @Test func aRightCommandLineHasNoMessages() {
    #expect(wrong("--mode pbuf --batch 4").messages.isEmpty)
    #expect(wrong("--mode pbuf").corrected == ["--mode", "pbuf"])
  }

  @Test func linesEndWithWhatWorks() {
    let lines = wrong("--mode foo --batch x").lines(help: "see help")
    #expect(lines.count == 3)
    #expect(lines.last == "this would work: ringbench --mode syscall --batch 64")
  }
}
