import Arguments
import Testing

@Suite struct MisplacedOptionsTests {
  private let own = KnownOptions([NumberAxisOptions.self]).without(["--batch", "--rate"])
  private let later = KnownOptions([NumberAxisOptions.self])

  private func misplaced(_ line: String) -> MisplacedOptions? {
    MisplacedOptions(in: line.split(separator: " ").map(String.init), after: 2, own: own, later: later)
  }

  @Test func optionsMoveWithTheirValues() throws {
    let found = try #require(misplaced("vm run --batch 4 --buffers 8 --rate=5 -- --poll-first 1"))
    #expect(found.names == ["--batch", "--rate"])
    #expect(
      found.moved == ["vm", "run", "--buffers", "8", "--", "--batch", "4", "--rate=5", "--poll-first", "1"])
    #expect(found.sentence == "'--batch', '--rate' are options of run: put them after '--'")
  }

  @Test(arguments: ["--buffers 8", "--buffers 8 -- --batch 4", "--bogus 4", ""]) func nothingElseMoves(line: String) {
    #expect(misplaced("vm run \(line)") == nil)
  }
}
