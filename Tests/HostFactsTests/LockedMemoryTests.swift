import Glibc
import Testing

@testable import HostFacts

@Suite(.serialized) struct LockedMemoryTests {
  @Test func lockedAndPinnedAddUp() {
    #expect(LockedMemory.bytes(status: "Name:\tx\nVmLck:\t      12 kB\nVmPin:\t       4 kB\nVmHWM:\t 99 kB\n") == 16384)
  }

  @Test(arguments: ["", "VmLck:\n", "VmLck:\tx kB\n", "VmLcks:\t4 kB\n"])
  func whatIsNotSaidIsZero(status: String) {
    #expect(LockedMemory.bytes(status: status) == 0)
  }

  @Test(.enabled(if: Rlimit.allowsLocking(16384), "RLIMIT_MEMLOCK forbids locking 16 KiB"))
  func lockingShows() throws {
    let memory = try #require(mmap(nil, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    defer { munmap(memory, 16384) }
    let before = LockedMemory.current()
    try #require(mlock(memory, 16384) == 0)
    #expect(LockedMemory.current() - before == 16384)
  }
}
