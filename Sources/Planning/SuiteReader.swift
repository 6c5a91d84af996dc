package import Base
import Vocabulary
import Yams

/// Reads a suite's YAML.
///
/// A suite is a mapping with `name`, `description`, `trials`, one of `rounds` and `duration` (seconds), and `groups`,
/// a list of mappings. Each group is the cross product of its axes: `mode`, `transport` and `operation` are needed,
/// `pattern`, `message-size`, `buffer-size`, `buffers`, `batch`, `connections`, `rate` and `implementation` have
/// defaults. An axis is one value or a list; `all` and `standard` stand for the modes of that name. A group may have its own `trials`, `rounds` or `duration`.
/// `placement` is that of `--placement`. `question` and `answer` say what the suite is for.
package struct SuiteReader {
  /// The name of the file in messages.
  let file: String

  package static func read(_ yaml: String, file: String) throws(RingbenchError) -> Suite {
    let reader = SuiteReader(file: file)
    return try reader.suite(reader.compose(yaml))
  }

  private func suite(_ root: Node) throws(RingbenchError) -> Suite {
    let keys = [
      "name", "description", "trials", "rounds", "duration", "groups", "placement", "question", "answer", "elsewhere",
    ]
    let suite = try fields(of: root, allowed: keys, in: "a suite")
    let name = try text(suite, "name", at: root)
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
      throw error(at: suite["name"] ?? root, "name '\(name)': letters, digits, '.', '_' and '-' are possible")
    }
    guard let groups = suite["groups"]?.sequence, !groups.isEmpty else {
      throw error(at: suite["groups"] ?? root, "a suite needs 'groups', a list of at least one group")
    }
    var read: [SuiteGroup] = []
    for node in groups { read.append(try group(node, defaults: suite, suite: root)) }
    var result = Suite(name: name, summary: try text(suite, "description", at: root), groups: read)
    result.question = try question(suite, at: root)
    if let node = suite["placement"] { result.placement = try placement(node) }
    return result
  }

  private func group(_ node: Node, defaults: [String: Node], suite: Node) throws(RingbenchError) -> SuiteGroup {
    let words = [Mode.axis, Transport.axis, Operation.axis, Pattern.axis, Implementation.axis]
    let keys = words + NumberAxis.allCases.map(\.rawValue) + ["trials", "rounds", "duration"]
    let fields = try fields(of: node, allowed: keys, in: "a group")
    var axes = Axes(
      modes: try values(fields, Mode.self, at: node), transports: try values(fields, Transport.self, at: node),
      operations: try values(fields, Operation.self, at: node))
    if fields[Pattern.axis] != nil { axes.patterns = try values(fields, Pattern.self, at: node) }
    if fields[Implementation.axis] != nil { axes.implementations = try values(fields, Implementation.self, at: node) }
    for axis in NumberAxis.allCases {
      guard let given = fields[axis.rawValue] else { continue }
      axes.numbers[axis] = try list(given) { text throws(RingbenchError) in try axis.value(text) }
    }
    guard let trialsNode = fields["trials"] ?? defaults["trials"] else {
      throw error(at: suite, "a suite needs 'trials', the number of trials of each cell")
    }
    let trials = try scalar(trialsNode, "trials", Count.positive, right: "a whole number from 1")
    return SuiteGroup(
      axes: axes, trials: trials, length: try length(fields, defaults: defaults, at: node), place: place(node),
      origins: fields.mapValues { place($0) }.reduce(into: [:]) { $0[$1.key] = "\($1.value): \($1.key)" })
  }

  private func length(
    _ fields: [String: Node], defaults: [String: Node], at node: Node
  ) throws(RingbenchError) -> TrialLength {
    for given in [fields, defaults] {
      switch (given["rounds"], given["duration"]) {
      case (_?, let duration?): throw error(at: duration, "'duration' beside 'rounds': give only one of them")
      case (let rounds?, nil):
        return .rounds(try scalar(rounds, "rounds", Count.rounds, right: Count.rightRounds))
      case (nil, let duration?):
        return .duration(try scalar(duration, "duration", Count.seconds, right: "a number of seconds above 0"))
      case (nil, nil): continue
      }
    }
    throw error(at: node, "neither the group nor the suite has 'rounds' or 'duration'")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
