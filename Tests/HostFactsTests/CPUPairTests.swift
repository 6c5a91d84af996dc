import Documents
import HostFacts
import Testing

@Suite struct CPUPairTests {
  private func node(_ cpus: [Int]) -> HostNode {
    HostNode(id: 1, cpus: cpus, memoryBytes: 0, distances: [20, 10])
  }

  @Test func workerIsTheHighestAndPeerTheNextLower() throws {
    let pair = try #require(CPUPair(on: node([8, 2, 5])))
    #expect(pair.worker == 8)
    #expect(pair.peer == 5)
  }

  @Test func aLoneCPUHasNoPeer() throws {
    let pair = try #require(CPUPair(on: node([3])))
    #expect(pair.worker == 3)
    #expect(pair.peer == nil)
  }

  @Test func ringsAreRegisteredOnTheNodeOfTheMemory() throws {
    let other = HostNode(id: 0, cpus: [0, 7, 4], memoryBytes: 1, distances: [10, 20])
    #expect(CPUPair(on: node([3, 2]))?.registrar == 3)
    #expect(CPUPair(on: node([3, 2]), memory: node([3, 2]))?.registrar == 3)
    #expect(CPUPair(on: node([3, 2]), memory: other)?.registrar == 7)
  }

  @Test func memoryWithoutCPUsIsRegisteredFromTheWorker() throws {
    let memory = HostNode(id: 2, cpus: [], memoryBytes: 1, distances: [20, 10])
    #expect(CPUPair(on: node([3, 2]), memory: memory)?.registrar == 3)
  }

  @Test func aNodeWithoutCPUsHasNone() { #expect(CPUPair(on: node([])) == nil) }
}
