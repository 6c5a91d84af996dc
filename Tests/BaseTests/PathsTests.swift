import Base
import Testing

@Suite struct PathsTests {
  @Test(arguments: [
    ("/a/b", "/a", "b"), ("a", ".", "a"), ("a/b/", "a", "b"), ("/a", "/", "a"), (".", "..", "."), ("./a", ".", "a"),
  ])
  func partsOfPaths(path: String, parent: String, name: String) {
    #expect(Paths.parent(of: path) == parent)
    #expect(Paths.name(of: path) == name)
  }
}
