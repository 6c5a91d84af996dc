import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing

@Suite struct RunFolderTests {
  let parent: TemporaryFolder

  init() throws { parent = try TemporaryFolder() }

  @Test func filesAreReplacedWhole() throws {
    let folder = RunFolder(path: parent.path)
    try folder.write(Data("a longer text".utf8), to: folder.csvPath)
    try folder.write(Data("text".utf8), to: folder.csvPath)
    #expect(try parent.contents == ["results.csv"])
    #expect(try parent.read("results.csv") == Data("text".utf8))
  }
}
