import Glibc

/// KCSAN, which reports two CPUs that access the same memory without an order between them (`lab-kcsan`).
enum DataRaces {
  private static let control = "/sys/kernel/debug/kcsan"

  /// Makes KCSAN report the races between io_uring's functions alone. Linux 6.12 has others that hostile use meets within
  /// ten minutes, whatever io_uring does: in the maple tree and in the clock. Mounts debugfs if needed. Does nothing on
  /// other kernels.
  static func reportThoseOfTheRings() {
    if access(control, F_OK) != 0 { mount("debugfs", "/sys/kernel/debug", "debugfs", 0, nil) }
    guard access(control, W_OK) == 0 else { return }
    for line in readFile("/proc/kallsyms").split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      let isFunction = words.count == 3 && words[1].lowercased() == "t"
      if isFunction && (words[2].hasPrefix("io_") || words[2].hasPrefix("__io_")) { writeFile(control, "!" + words[2]) }
    }
    writeFile(control, "whitelist")
  }
}
