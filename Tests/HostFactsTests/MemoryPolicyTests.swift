import Base
import Documents
import Glibc
import HostFacts
import Testing

@Suite struct MemoryPolicyTests {
  private static let nodesWithMemory = Nodes.available().filter { $0.memoryBytes > 0 }.map(\.id)

  @Test(arguments: nodesWithMemory)
  func aBoundThreadsPagesAreOnItsNode(node: Int) throws {
    let pages = try onOwnThread {
      let memory = try MappedMemory(byteCount: 16 * MappedMemory.pageSize)
      try MemoryPolicy.bindCurrentThread(to: node)
      memory.touch()
      try MemoryPolicy.resetCurrentThread()
      return try PagePlacement.pagesPerNode(base: memory.base, byteCount: memory.byteCount)
    }
    #expect(pages == [String(node): 16])
  }

  @Test(arguments: [-1, 1023, 1 << 40])
  func aNodeThatIsNotThereIsInvalid(node: Int) {
    #expect(throws: SystemError(call: "set_mempolicy", errno: EINVAL)) {
      try onOwnThread { try MemoryPolicy.bindCurrentThread(to: node) }
    }
  }
}
