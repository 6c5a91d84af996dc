import HostFacts

/// How long this process's threads were ready to run and waited for a CPU.
package enum CPUWait {
  /// Nanoseconds of all threads since each began (`run_delay` in `/proc/PID/task/TID/schedstat`); nil where the kernel
  /// doesn't count them (`CONFIG_SCHED_INFO`).
  package static func total() -> UInt64? {
    var total: UInt64 = 0
    var isCounted = false
    for thread in SmallFile.names(in: "/proc/self/task") {
      guard let text = SmallFile.read("/proc/self/task/\(thread)/schedstat") else { continue }
      let fields = text.split(separator: " ")
      guard fields.count >= 2, let wait = UInt64(fields[1]) else { continue }
      total += wait
      isCounted = true
    }
    return isCounted ? total : nil
  }

  /// Nanoseconds since an earlier total.
  package static func since(_ before: UInt64?) -> UInt64? {
    guard let before, let now = total() else { return nil }
    return now > before ? now - before : 0
  }
}
