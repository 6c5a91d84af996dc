import Base
import Documents
import Testing

@testable import Planning

@Suite struct NodeTests {
  let nodes = [0, 1, 4].map { HostNode(id: $0, cpus: [$0], memoryBytes: 1, distances: []) }

  @Test(arguments: [
    (PlacementChoice.local, [[0, 0], [1, 1], [4, 4]]),
    (.remote, [[0, 1], [0, 4], [1, 0], [1, 4], [4, 0], [4, 1]]),
  ])
  func pairsAreWhatThePlacementAsksFor(placement: PlacementChoice, pairs: [[Int]]) throws {
    #expect(try NodePair.pairs(.all, placement, of: nodes).map { [$0.cpu, $0.memory] } == pairs)
  }

  @Test func allPlacementsOfChosenNodes() throws {
    let pairs = try NodePair.pairs(.list([4, 0]), .all, of: nodes)
    #expect(pairs.map { [$0.cpu, $0.memory] } == [[4, 4], [4, 0], [0, 4], [0, 0]])
  }

  @Test func anUnknownNodeIsAnError() {
    #expect(throws: RingbenchError.badInput("--nodes: no node 2: this machine has 0, 1, 4")) {
      try NodePair.pairs(.list([0, 2]), .local, of: nodes)
    }
  }

  @Test(arguments: ["", "a", "0,", "-1", "+1", "01", "0 1"]) func badLists(text: String) {
    #expect(throws: RingbenchError.self) { try NodeChoice(text) }
  }
}
