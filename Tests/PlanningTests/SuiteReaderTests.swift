import Base
import Planning
import Testing
import Vocabulary

@Suite struct SuiteReaderTests {
  static let head = "name: mine\ndescription: A suite.\ntrials: 3\n"

  @Test func readsGroupsWithTheirDefaults() throws {
    let yaml = Self.head + "rounds: 10\ngroups:\n  - {mode: pbuf, transport: [tcp, pipe], operation: oneshot}\n"
    let suite = try SuiteReader.read(yaml, file: "mine.yaml")
    #expect(suite.name == "mine")
    #expect(suite.groups[0].axes.transports == [.tcp, .pipe])
    #expect(suite.groups[0].axes.patterns == [.drain])
    #expect(suite.groups[0].trials == 3)
    #expect(suite.groups[0].length == .rounds(10))
  }

  @Test func aGroupHasItsOwnLengthAndSizes() throws {
    let group = "{mode: pbuf, transport: tcp, operation: oneshot, message-size: [64, 4k], duration: 0.2, trials: 5}"
    let suite = try SuiteReader.read(Self.head + "rounds: 10\ngroups: [\(group)]\n", file: "mine.yaml")
    #expect(suite.groups[0].length == .duration(0.2))
    #expect(suite.groups[0].trials == 5)
    #expect(suite.groups[0].axes.numbers[.messageSize] == [64, 4096])
  }

  /// Every message starts with the file and the line of the mistake.
  @Test(arguments: [
    ("", "mine.yaml:1: the file is empty"),
    ("name: [", "mine.yaml:2: did not find"), ("a: b\nname: \u{1}\n", "mine.yaml:2: control characters"),
    ("- a list\n", "mine.yaml:1: a suite must be a mapping"),
    ("name: a\nnmae: b\n", "mine.yaml:2: unknown key 'nmae'"),
    ("name: a\nname: b\n", "mine.yaml:1: 'name' is given twice"),
    ("name: a b\n", "mine.yaml:1: name 'a b'"),
    (head + "rounds: 1\n", "mine.yaml:1: a suite needs 'groups'"),
    (head + "groups:\n  - {mode: pbuf, transport: tcp, operation: oneshot}\n", "mine.yaml:5: neither"),
    (head + "rounds: 1\ngroups:\n  - {mode: pbuf, transport: tcp}\n", "mine.yaml:6: a group needs 'operation'"),
    (
      head + "rounds: 1\ngroups:\n  - transport: tcp\n    mode:\n      - pbuf\n      - pbfu\n",
      "mine.yaml:9: unknown mode"
    ),
    (head + "rounds: 0\ngroups:\n  - {mode: pbuf, transport: tcp, operation: oneshot}\n", "mine.yaml:4: '0' is not a"),
    (
      head + "rounds: 1\ngroups:\n  - {mode: pbuf, transport: tcp, operation: oneshot, batch: -1}\n",
      "mine.yaml:6: '-1' is not a value for batch"
    ),
    (
      head + "rounds: 1\nduration: 1\ngroups:\n  - {mode: pbuf, transport: tcp, operation: oneshot}\n",
      "mine.yaml:5: 'duration' beside 'rounds'"
    ),
  ])
  func namesTheLine(yaml: String, message: String) {
    let error = #expect(throws: RingbenchError.self) { try SuiteReader.read(yaml, file: "mine.yaml") }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
