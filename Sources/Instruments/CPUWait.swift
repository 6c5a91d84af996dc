import Glibc
import HostFacts

/// How long this process's threads were ready to run and waited for a CPU.
package enum CPUWait {
  /// Nanoseconds of all threads since each began (`run_delay` in `/proc/PID/task/TID/schedstat`); nil where the kernel
  /// doesn't count them (`CONFIG_SCHED_INFO`).
  package static func total() -> UInt64? {
    guard let folder = opendir("/proc/self/task") else { return nil }
    defer { closedir(folder) }
    var total: UInt64 = 0
    var isCounted = false
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name.first != ".", let text = SmallFile.read("/proc/self/task/\(name)/schedstat") else { continue }
      let fields = text.split(separator: " ")
      guard fields.count >= 2, let wait = UInt64(fields[1]) else { continue }
      total += wait
      isCounted = true
    }
    return isCounted ? total : nil
  }
}
