import Glibc

/// KCSAN, which reports two CPUs that access the same memory without an order between them (`lab-kcsan`). A report is in
/// the kernel's log, and fails the guest.
enum DataRaces {
  private static let control = "/sys/kernel/debug/kcsan"

  /// Whether the kernel can look for data races. Mounts debugfs if needed.
  private static let isAvailable: Bool = {
    if access(control, F_OK) != 0 { mount("debugfs", "/sys/kernel/debug", "debugfs", 0, nil) }
    return access(control, W_OK) == 0
  }()

  /// Turns KCSAN on, for races between io_uring's functions alone. Linux 6.12 has others, which hostile use meets within
  /// ten minutes whatever io_uring does: in the maple tree and in the clock. Does nothing on other kernels.
  static func find() throws {
    guard isAvailable else { return }
    for line in readFile("/proc/kallsyms").split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      let isFunction = words.count == 3 && words[1].lowercased() == "t"
      if isFunction && (words[2].hasPrefix("io_") || words[2].hasPrefix("__io_")) { writeFile(control, "!" + words[2]) }
    }
    for command in ["whitelist", "on"] {
      try require(writeFile(control, command), "KCSAN does not take '\(command)': \(Outcome.failure(errno))")
    }
  }

  /// Expects that KCSAN has watched memory since, and says how often.
  static func expectWatched() throws {
    guard isAvailable else { return }
    let name = "setup_watchpoints:"
    let line = readFile(control).split(separator: "\n").first { $0.hasPrefix(name) }
    let count = line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    try require(count > 0, "KCSAN has set no watchpoint")
    say("   KCSAN set \(count) watchpoints")
  }
}
