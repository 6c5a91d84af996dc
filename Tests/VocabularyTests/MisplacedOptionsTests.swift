import Arguments
import Testing

@Suite struct MisplacedOptionsTests {
  private let own = KnownOptions([NumberAxisOptions.self]).without(["--batch", "--rate"])
  private let later = KnownOptions([NumberAxisOptions.self])

  private func misplaced(_ line: String) -> MisplacedOptions {
    MisplacedOptions(in: line.split(separator: " ").map(String.init), own: own, later: later)
  }

  @Test func optionsMoveWithTheirValues() {
    let found = misplaced("--batch 4 --buffers 8 --rate=5 -- --poll-first 1")
    #expect(found.names == ["--batch", "--rate"])
    #expect(found.moved == ["--buffers", "8", "--", "--batch", "4", "--rate=5", "--poll-first", "1"])
    #expect(
      found.message(["ringbench", "vm", "run"])
        == "'--batch', '--rate' are options of run: put them after '--': "
        + "ringbench vm run --buffers 8 -- --batch 4 --rate=5 --poll-first 1")
  }

  @Test(arguments: ["--buffers 8", "--buffers 8 -- --batch 4", "--bogus 4", ""]) func nothingElseMoves(line: String) {
    #expect(misplaced(line).names.isEmpty)
  }
}
