import Testing

@testable import HostFacts

@Suite struct SmallFileTests {
  @Test func aFileLargerThanABlockIsWhole() throws {
    let maps = try #require(SmallFile.read("/proc/kallsyms"))
    #expect(maps.utf8.count > 16384)
    #expect(maps.hasSuffix("\n"))
  }

  @Test(arguments: ["/proc/no-such-file", "/proc", ""])
  func whatCannotBeReadIsNil(path: String) {
    #expect(SmallFile.read(path) == nil)
    #expect(SmallFile.trimmed(path) == nil)
  }

  @Test func namesLeaveOutTheFolderItself() {
    #expect(SmallFile.names(in: "/proc/self/task").allSatisfy { Int($0) != nil })
    #expect(SmallFile.names(in: "/proc/no-such-folder") == [])
  }

  @Test func fieldsAreWhatIsBetweenBlanks() {
    #expect(" a\tb \n c ".fields == ["a", "b", "c"])
    #expect("a\n\nb".lines == ["a", "b"])
    #expect(" \t ".trimmingWhitespace() == "")
  }
}
