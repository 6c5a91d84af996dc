import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

@Suite struct ExplanationTests {
  private let pair = Explanation(Sample.profiles)

  private func own(_ side: Explanation.Side, _ name: String) -> Double? {
    side.functions.first { $0.name == name }?.own
  }

  @Test func functionsAndConstantAreTheReportedFigure() {
    for side in pair.sides {
      let sum = side.functions.reduce(side.constant) { $0 + $1.own }
      #expect(abs(sum - side.instructionsPerOperation) < 1e-9 * sum)
    }
    #expect(pair.sides[0].constant == 75.0 / 64)
    #expect(pair.sides[0].operations == 16_000 && pair.sides[1].operations == 16_384)
    #expect(pair.sides[0].rounds == 256 && pair.sides[0].roundsExplained == 250 && pair.sides[0].trial == 3)
  }

  @Test func deltasAddUpToTheDifference() {
    let change = pair.sides[1].instructionsPerOperation - pair.sides[0].instructionsPerOperation
    let sum = pair.differences.reduce(0) { $0 + $1.delta }
    #expect(abs(sum - change) < 1e-9 * abs(change))
    #expect(pair.differences.map { abs($0.delta) } == pair.differences.map { abs($0.delta) }.sorted(by: >))
  }

  /// One clock costs more in a round than the other.
  @Test func theConstantIsADifferenceByItself() throws {
    var new = Sample.newProfile
    new.constant = 139 * new.roundsExplained
    new.instructionsPerOperation = Double(new.instructions) / Double(new.operations)
    let explanation = Explanation([Sample.oldProfile, new])
    let clock = try #require(explanation.differences.first { $0.name == "[clock]" })
    #expect(clock.delta == 1 && clock.old == 75.0 / 64)
    let change = new.instructionsPerOperation - Sample.oldProfile.instructionsPerOperation
    #expect(abs(explanation.differences.reduce(0) { $0 + $1.delta } - change) < 1e-9 * abs(change))
    #expect(!pair.differences.contains { $0.name == "[clock]" })
  }

  @Test func whatIsOnOneSideOnlyIsNull() throws {
    let gone = try #require(pair.differences.first { $0.name == "io_legacy_select" })
    #expect(gone.old == 90.25 && gone.new == nil && gone.delta == -90.25)
    let fresh = try #require(pair.differences.first { $0.name == "io_ring_select" })
    #expect(fresh.old == nil && fresh.new == 40.125 && fresh.delta == 40.125)
    // As before.
    #expect(!pair.differences.contains { ["kfree", Sample.swiftFunction].contains($0.name) })
  }

  @Test(arguments: [
    ("f.isra.0", "f"), ("f.constprop.12.isra.0", "f"), ("f.part.3.cold", "f"), ("f.cold", "f"), ("f.llvm.123", "f"),
    ("f.cold.1", "f"), ("f.isra", "f.isra"), ("f.0", "f.0"), ("f.partial.0", "f.partial.0"), (".cold", ".cold"),
    ("isra.0", "isra.0"), ("A.b(c: D.part) -> E", "A.b(c: D.part) -> E"), ("", ""), (".isra.0", ".isra.0"),
  ])
  func suffixesOfTheCompilerAreDropped(name: String, right: String) {
    #expect(FunctionName.joined(name) == right)
  }

  /// A part that its function calls is that function: the paths of both sides are the same.
  @Test func partsAreJoinedOnPathsToo() throws {
    let all = pair.sides.flatMap(\.functions).map(\.name)
    #expect(!all.contains { $0.contains(".part") || $0.contains(".isra") || $0.contains(".cold") })
    #expect(own(pair.sides[0], "io_submit_sqes") == 310 && own(pair.sides[1], "io_submit_sqes") == 360.5)
    #expect(own(pair.sides[0], "skb_copy") == 48 && own(pair.sides[1], "skb_copy") == 48)
    func names(_ node: CallProfile.Node) -> [String] { [node.name] + node.children.flatMap(names) }
    let paths = Sample.profiles.map { $0.joined.roots.flatMap(names) }
    #expect(paths[1].count { $0 == "io_submit_sqes" } == 1)
    #expect(paths[0].count { $0 == "unix_stream_read" } == 2)
    #expect(Sample.newProfile.joined.joined == Sample.newProfile.joined)
    #expect(Sample.newProfile.joined.instructions == Sample.newProfile.instructions)
  }

  @Test func aFunctionThatCallsItselfCountsOnce() throws {
    let function = try #require(pair.sides[0].functions.first { $0.name == "unix_stream_read" })
    #expect(function.own == 243 && function.inclusive == 311)
    let root = try #require(pair.sides[0].functions.first { $0.name == Sample.swiftFunction })
    #expect(root.inclusive == pair.sides[0].instructionsPerOperation - pair.sides[0].constant - 1.5)
  }

  /// `f > f.part.0 > f > f`: the part is `f`, which calls itself twice.
  @Test func aPartThatCallsItsFunctionIsARecursion() throws {
    var profile = Sample.oldProfile
    var node: CallProfile.Node?
    for name in ["f", "f.part.0", "f", "f"].reversed() {
      var caller = CallProfile.Node(name)
      caller.own[.instructions] = 16_000
      caller.children = node.map { [$0] } ?? []
      node = caller
    }
    profile.roots = try [#require(node)]
    let root = try #require(profile.joined.roots.first)
    #expect(root.own[.instructions] == 32_000 && root.children.map(\.name) == ["f"])
    #expect(root.children.first?.own[.instructions] == 16_000 && root.children.first?.children.map(\.name) == ["f"])
    #expect(profile.joined.functions.map(\.inclusive) == [64_000])
  }

  /// Two copies that share a part are one function with it, in whatever order they come.
  @Test func aPartOfSeveralCopiesIsNoRecursion() {
    var profile = Sample.oldProfile
    profile.roots = ["f.isra.0", "f.constprop.1"].map { name in
      var (copy, part) = (CallProfile.Node(name), CallProfile.Node("f.part.2"))
      part.own[.instructions] = 5
      copy.own[.instructions] = 3
      copy.calls = 2
      copy.children = [part]
      return copy
    }
    let roots = profile.joined.roots
    #expect(roots.map(\.name) == ["f"] && roots[0].own[.instructions] == 16 && roots[0].calls == 4)
    #expect(roots.flatMap(\.children).isEmpty)
  }

  @Test func furtherColumnsArePerOperation() throws {
    let copy = try #require(pair.sides[0].functions.first { $0.name == "skb_copy" })
    #expect(copy.further == [.stringBytes: 64, .stringSteps: 8])
    let json = String(decoding: try ResultsJSON.document(pair), as: UTF8.self)
    #expect(json.contains("\"string_bytes\" : 64") && !json.contains("l1d_misses"))
    #expect(try ResultsJSON.decode(Explanation.self, from: Data(json.utf8)) == pair)
  }

  /// The order in which functions were found does not show.
  @Test func theSameProfileIsTheSameText() throws {
    func shuffled(_ nodes: [CallProfile.Node]) -> [CallProfile.Node] {
      nodes.reversed().map { node in
        var node = node
        node.children = shuffled(node.children)
        return node
      }
    }
    let others = Sample.profiles.map { profile in
      var other = profile
      other.roots = shuffled(profile.roots)
      return other
    }
    #expect(try ResultsJSON.document(Explanation(others)) == ResultsJSON.document(pair))
    #expect(others.map(\.joined) == Sample.profiles.map(\.joined))
  }

  @Test func documentsAreReadFromTheirFolder() throws {
    let folder = try TemporaryFolder()
    #expect(try RunFolder(path: folder.path).explanation() == nil)
    try folder.write(String(decoding: try ResultsJSON.document(pair), as: UTF8.self), to: "explanation.json")
    #expect(try RunFolder(path: folder.path).explanation() == pair)
    try folder.write("{}", to: "explanation.json")
    #expect(throws: RingbenchError.self) { try RunFolder(path: folder.path).explanation() }
  }
}
