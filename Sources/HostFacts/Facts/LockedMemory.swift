/// Memory of this process that the kernel may not swap out or move.
package enum LockedMemory {
  /// Bytes locked (`VmLck`) and pinned (`VmPin`, which includes io_uring's registered buffers) by this process.
  ///
  /// Read from `/proc/self/status` (`proc(5)`), exact to the kilobyte; 0 where the file can't be read.
  package static func current() -> Int {
    bytes(status: SmallFile.read("/proc/self/status") ?? "")
  }

  static func bytes(status: String) -> Int {
    ["VmLck", "VmPin"].reduce(0) { sum, key in
      sum + (value(of: key, in: status)?.fields.first.flatMap { Int($0) } ?? 0) * 1024
    }
  }
}
