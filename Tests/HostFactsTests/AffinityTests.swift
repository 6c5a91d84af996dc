import Base
import Glibc
import HostFacts
import Testing

@Suite struct AffinityTests {
  @Test(arguments: Affinity.allowedCPUs())
  func aPinnedThreadRunsThere(cpu: Int) throws {
    let (ran, allowed) = try onOwnThread {
      try Affinity.pinCurrentThread(to: cpu)
      return (Affinity.currentCPU(), Affinity.allowedCPUs())
    }
    #expect(ran == cpu)
    #expect(allowed == [cpu])
  }

  @Test(arguments: [-1, 8191, 1 << 40])
  func aCPUThatIsNotThereIsInvalid(cpu: Int) {
    #expect(throws: SystemError(call: "sched_setaffinity", errno: EINVAL)) {
      try onOwnThread { try Affinity.pinCurrentThread(to: cpu) }
    }
  }
}
