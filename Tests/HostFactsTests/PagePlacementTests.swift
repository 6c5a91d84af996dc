import CTestRing
import Documents
import Glibc
import HostFacts
import Testing

@Suite struct PagePlacementTests {
  private static let nodesWithMemory = Nodes.available().filter { $0.memoryBytes > 0 }.map(\.id)

  @Test(arguments: nodesWithMemory, [1, 4096, 4097, 9000])
  func boundPagesAreOnTheirNode(node: Int, pageCount: Int) throws {
    let memory = try MappedMemory(byteCount: pageCount * MappedMemory.pageSize, node: node)
    memory.touch()
    let pages = try PagePlacement.pagesPerNode(base: memory.base, byteCount: memory.byteCount)
    #expect(pages == [String(node): pageCount])
  }

  @Test(.enabled(if: SystemNodes.folderExists, "the kernel has no NUMA and says nothing about single pages"))
  func onlyTouchedPagesCount() throws {
    let memory = try MappedMemory(byteCount: 8 * MappedMemory.pageSize)
    #expect(try PagePlacement.pagesPerNode(base: memory.base, byteCount: memory.byteCount) == [:])
    memory.base.storeBytes(of: 1, toByteOffset: 3 * MappedMemory.pageSize, as: UInt8.self)
    let pages = try PagePlacement.pagesPerNode(base: memory.base, byteCount: memory.byteCount)
    #expect(pages.values.reduce(0, +) == 1)
  }

  @Test func aPageThatIsPartlyInsideCounts() throws {
    let memory = try MappedMemory(byteCount: 4 * MappedMemory.pageSize)
    memory.touch()
    let pages = try PagePlacement.pagesPerNode(
      base: memory.base + MappedMemory.pageSize - 1, byteCount: MappedMemory.pageSize + 2)
    #expect(pages.values.reduce(0, +) == 3)
    #expect(try PagePlacement.pagesPerNode(base: memory.base, byteCount: 0) == [:])
  }

  @Test(.enabled(if: TestRing.pagesAreOrdinary, "no io_uring here, or its maps are raw page frames"))
  func aRingsMapIsPlaced() throws {
    let ring = try TestRing(entries: 256)
    let pages = try PagePlacement.pagesPerNode(base: ring.memory.base, byteCount: ring.memory.byteCount)
    #expect(pages.values.reduce(0, +) == ring.memory.byteCount / MappedMemory.pageSize)
  }

  @Test(.enabled(if: TestRing.pagesAreRawFrames, "no io_uring here, or its maps are ordinary pages"))
  func aMapOfRawPageFramesHasNoPlacement() throws {
    let ring = try TestRing(entries: 256)
    #expect(try PagePlacement.pagesPerNode(base: ring.memory.base, byteCount: ring.memory.byteCount) == [:])
  }
}
