import Base
import Glibc
import HostFacts
import Testing

@Suite struct MappedMemoryTests {
  @Test(arguments: [1, 4096, 4097, 1_000_000])
  func aMappingIsWholePagesOfZeros(byteCount: Int) throws {
    let memory = try MappedMemory(byteCount: byteCount)
    #expect(memory.byteCount >= byteCount && memory.byteCount - byteCount < MappedMemory.pageSize)
    #expect(memory.byteCount % MappedMemory.pageSize == 0)
    #expect(UInt(bitPattern: memory.base) % UInt(MappedMemory.pageSize) == 0)
    memory.touch()
    let isZero = UnsafeRawBufferPointer(start: memory.base, count: memory.byteCount).allSatisfy { $0 == 0 }
    #expect(isZero)
  }

  @Test(arguments: [0, -1, Int.min, Int.max])
  func anImpossibleSizeIsNoMemory(byteCount: Int) {
    #expect(throws: SystemError(call: "mmap", errno: ENOMEM)) { _ = try MappedMemory(byteCount: byteCount) }
  }

  @Test(arguments: [-1, 1023, 1 << 40])
  func aNodeThatIsNotThereIsInvalid(node: Int) {
    #expect(throws: SystemError(call: "mbind", errno: EINVAL)) { _ = try MappedMemory(byteCount: 4096, node: node) }
  }

  @Test func memoryIsUnmappedWithItsOwner() throws {
    let base = try MappedMemory(byteCount: 4096).consumedAddress()
    var present: UInt8 = 0
    #expect(mincore(UnsafeMutableRawPointer(bitPattern: base), 4096, &present) == -1)
    #expect(errno == ENOMEM)
  }
}

extension MappedMemory {
  /// The address of a mapping that is given up in the same expression.
  fileprivate consuming func consumedAddress() -> UInt { UInt(bitPattern: base) }
}
