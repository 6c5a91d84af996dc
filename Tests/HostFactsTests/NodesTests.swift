import Documents
import Glibc
import HostFacts
import Testing

@Suite struct NodesTests {
  @Test(.enabled(if: SystemNodes.folderExists, "the kernel has no /sys/devices/system/node"))
  func nodesAreThoseOfTheKernel() {
    #expect(Nodes.available().map(\.id) == SystemNodes.numbers)
  }

  @Test func everyAllowedCPUIsInOneNode() {
    #expect(Nodes.available().flatMap(\.cpus).sorted() == Affinity.allowedCPUs())
  }

  @Test func everyNodeKnowsItsDistanceToAll() {
    let nodes = Nodes.available()
    for (index, node) in nodes.enumerated() {
      #expect(node.distances.count == nodes.count)
      #expect(node.distances[index] == 10)
    }
  }

  @Test func memoryIsNoMoreThanTheMachineHas() {
    let total = Nodes.available().reduce(0) { $0 + $1.memoryBytes }
    #expect(total > 0)
    #expect(total / MappedMemory.pageSize < sysconf(Int32(_SC_PHYS_PAGES)) * 2)
  }
}
