import Results
import Testing
import Topology

@Suite struct CPUPairTests {
  private func node(_ cpus: [Int]) -> HostNode {
    HostNode(id: 1, cpus: cpus, memoryBytes: 0, distances: [20, 10])
  }

  @Test func workerIsTheHighestAndPeerTheNextLower() throws {
    let pair = try CPUPair(on: node([8, 2, 5]))
    #expect(pair.worker == 8)
    #expect(pair.peer == 5)
  }

  @Test func aLoneCPUHasNoPeer() throws {
    let pair = try CPUPair(on: node([3]))
    #expect(pair.worker == 3)
    #expect(pair.peer == nil)
  }

  @Test func aNodeWithoutCPUsIsAnError() {
    let error = #expect(throws: CPUPair.NoAllowedCPU.self) { try CPUPair(on: node([])) }
    #expect(error?.description == "node 1 has no CPU that this process may use")
  }
}
