import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing

@Suite struct ClaimedFolderTests {
  let parent: TemporaryFolder

  init() throws { parent = try TemporaryFolder() }

  private func claim(_ name: String?, isResumable: Bool = false) throws(RingbenchError) -> ClaimedFolder {
    try ClaimedFolder(output: name.map(parent.file), orNew: parent.file("Results/now-quick"), isResumable: isResumable)
  }

  private func failure(_ name: String, isResumable: Bool = false) -> RingbenchError? {
    do throws(RingbenchError) { _ = try claim(name, isResumable: isResumable) } catch { return error }
    return nil
  }

  /// What was made for a run that wrote nothing goes again; what was there stays.
  @Test func anUnusedFolderIsRemoved() throws {
    var claim: ClaimedFolder? = try claim("a/b/")
    #expect(claim?.folder.path == parent.file("a/b"))
    #expect(Files.names(in: parent.file("a")) == ["b"])
    claim = nil
    #expect(try parent.contents.isEmpty)
    try Files.makeFolder(parent.file("mine"))
    claim = try self.claim("mine/below")
    claim = nil
    #expect(try parent.contents == ["mine"])
  }

  @Test func aUsedFolderStays() throws {
    var claim: ClaimedFolder? = try claim("out")
    try parent.write("text", to: "out/results.json")
    claim = nil
    #expect(claim == nil && Files.names(in: parent.file("out")) == ["results.json"])
  }

  /// The second run finds out before it has measured anything, also in a folder that was there.
  @Test(arguments: [true, false]) func twoRunsCollideAtOnce(exists: Bool) throws {
    if exists { try Files.makeFolder(parent.file("out")) }
    var first: ClaimedFolder? = try claim("out")
    let error = failure("out")
    #expect(error?.status == .badInput)
    #expect(error?.message.contains("out: another ringbench writes into this folder: name another one") == true)
    #expect(Files.exists(parent.file("out")))
    first = nil
    #expect(first == nil && failure("out") == nil)
    #expect(Files.exists(parent.file("out")) == exists)
  }

  @Test func runsOfOneSecondGetNamesOfTheirOwn() throws {
    let claims = try (0..<3).map { _ in try claim(nil) }
    #expect(claims.map { Paths.name(of: $0.folder.path) } == ["now-quick", "now-quick-2", "now-quick-3"])
    #expect(Files.names(in: parent.file("Results")).count == 3)
  }

  @Test func aFullFolderIsRefused() throws {
    try parent.write("text", to: "file")
    #expect(failure("file")?.message.contains("is a file") == true)
    #expect(failure("file/below")?.message.contains("the folder can't be made: Not a directory") == true)
    #expect(failure("")?.status == .badInput)
    #expect(try parent.contents == ["file"])
  }

  /// Only a run of this machine with a journal can be resumed.
  @Test func resumingIsNamedWhereItIsPossible() throws {
    try Files.makeFolder(parent.file("out"))
    try parent.write("", to: "out/notes")
    #expect(failure("out", isResumable: true)?.message.hasSuffix("not empty: name a new one") == true)
    try parent.write("", to: "out/trials.jsonl")
    #expect(failure("out")?.message.contains("--resume") == false)
    #expect(failure("out", isResumable: true)?.message.contains("--resume \(parent.file("out"))") == true)
  }
}
