import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing

@Suite struct RunFolderTests {
  let parent: TemporaryFolder

  init() throws { parent = try TemporaryFolder() }

  @Test func aNewFolderIsFree() throws {
    try RunFolder(path: parent.file("a/b/")).checkIsFree()
    #expect(try parent.contents.isEmpty)
  }

  @Test func anEmptyFolderIsFree() throws {
    try RunFolder(path: parent.path).checkIsFree()
  }

  @Test func aFullFolderIsNot() throws {
    try parent.write("text", to: "file")
    #expect(throws: RingbenchError.self) { try RunFolder(path: parent.path).checkIsFree() }
    #expect(throws: RingbenchError.self) { try RunFolder(path: parent.file("file")).checkIsFree() }
    #expect(throws: RingbenchError.self) { try RunFolder(path: parent.file("file/below")).create() }
  }

  @Test func filesAreReplacedWhole() throws {
    let folder = RunFolder(path: parent.path)
    try folder.write(Data("a longer text".utf8), to: folder.csvPath)
    try folder.write(Data("text".utf8), to: folder.csvPath)
    #expect(try parent.contents == ["results.csv"])
    #expect(try parent.read("results.csv") == Data("text".utf8))
  }
}
