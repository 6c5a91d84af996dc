import Testing

@testable import HostFacts

@Suite struct SlabMemoryTests {
  @Test func slabsAddUp() {
    let text = """
      slabinfo - version: 2.1
      # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> ...
      kmalloc-32          10    128     32  128    1 : tunables    0    0    0 : slabdata      3      3      0
      sock_inode_cache     5     30    832   39    8 : tunables    0    0    0 : slabdata      2      2      0
      """
    #expect(SlabMemory.bytes(slabinfo: text) == (3 + 16) * MappedMemory.pageSize)
  }

  @Test(arguments: ["", "slabinfo - version: 2.1\n", "kmalloc-32 10 128 32 128 1\n"])
  func whatIsNotSaidIsUnknown(text: String) {
    #expect(SlabMemory.bytes(slabinfo: text) == nil)
  }

  @Test func whatWasNotSeenHasNoDifference() {
    #expect(SlabMemory.since(nil) == nil)
  }
}
