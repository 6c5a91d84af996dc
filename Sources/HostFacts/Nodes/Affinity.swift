package import Base
import CLinux
import Glibc

/// Which CPUs the calling thread may run on.
package enum Affinity {
  /// The largest `CONFIG_NR_CPUS` of the architectures Linux runs on.
  private static let maximumCPUs = 8192

  /// Ties the calling thread to one CPU (`sched_setaffinity(2)`).
  ///
  /// - Throws: `EINVAL` when the CPU does not exist, is offline or is outside the process's cpuset.
  package static func pinCurrentThread(to cpu: Int) throws(SystemError) {
    guard cpu >= 0, cpu < maximumCPUs else { throw SystemError(call: "sched_setaffinity", errno: EINVAL) }
    let set = BitWords(only: cpu)
    guard clinux_set_affinity(set.words, set.byteCount) == 0 else {
      throw SystemError(call: "sched_setaffinity", errno: errno)
    }
  }

  /// The CPUs that the calling thread may run on now, ascending (`sched_getaffinity(2)`); empty if the call fails.
  package static func allowedCPUs() -> [Int] {
    var set = BitWords(bitCount: maximumCPUs)
    guard clinux_get_affinity(&set.words, set.byteCount) == 0 else { return [] }
    return set.members
  }

  /// The CPU that the calling thread runs on at this moment (`sched_getcpu(3)`).
  package static func currentCPU() -> Int {
    Int(clinux_current_cpu())
  }
}
