import CLinux
import Glibc

/// The instructions that the calling thread retires in user space and in the kernel (`perf_event_open(2)`).
///
/// Where the machine has no such counter, or counting the kernel is forbidden, ``unavailable`` says why, reading costs
/// nothing, and an ``InstructionAccumulator`` has no total: it never estimates.
package struct InstructionCounter: ~Copyable {
  private let descriptor: Int32
  /// Why there is no counter: `ENOENT` without hardware, `EACCES` by `kernel.perf_event_paranoid`; nil if there is one.
  package let unavailable: Int32?
  /// Instructions between two reads with nothing in between: the median of 101 tries.
  package private(set) var pairCost: UInt64 = 0

  /// Starts counting the calling thread.
  package init() {
    var attributes = perf_event_attr()
    attributes.size = UInt32(MemoryLayout<perf_event_attr>.size)
    attributes.type = PERF_TYPE_HARDWARE.rawValue
    attributes.config = UInt64(PERF_COUNT_HW_INSTRUCTIONS.rawValue)
    attributes.read_format =
      UInt64(PERF_FORMAT_TOTAL_TIME_ENABLED.rawValue) | UInt64(PERF_FORMAT_TOTAL_TIME_RUNNING.rawValue)
    attributes.exclude_hv = 1
    descriptor = clinux_perf_event_open(&attributes, 0, -1, -1, UInt(PERF_FLAG_FD_CLOEXEC))
    unavailable = descriptor < 0 ? errno : nil
    guard descriptor >= 0 else { return }
    pairCost = calibrate()
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  package var isAvailable: Bool { descriptor >= 0 }

  /// The count so far: one system call and no allocation; an empty snapshot when unavailable.
  package borrowing func read() -> InstructionSnapshot {
    var snapshot = InstructionSnapshot()
    guard descriptor >= 0 else { return snapshot }
    let size = MemoryLayout<InstructionSnapshot>.size
    guard Glibc.read(descriptor, &snapshot, size) == size else { return InstructionSnapshot() }
    return snapshot
  }

  private borrowing func calibrate() -> UInt64 {
    var costs: [UInt64] = []
    for _ in 0..<101 {
      let first = read()
      costs.append(read().instructions &- first.instructions)
    }
    costs.sort()
    return costs[costs.count / 2]
  }
}
