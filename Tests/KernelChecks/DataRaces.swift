import Glibc

/// KCSAN, which reports two CPUs that access the same memory without an order between them (`lab-kcsan`).
enum DataRaces {
  private static let control = "/sys/kernel/debug/kcsan"

  /// Beginnings of the maple tree's functions (`lib/maple_tree.c`). Its readers run beside a writer on purpose, and find
  /// out afterwards whether they have met a dead node. KCSAN reports that in Linux 6.12, whatever the program does.
  private static let mapleTree = ["mas_", "ma_", "mt_", "mtree_"]

  /// Makes KCSAN report no races in the maple tree. Mounts debugfs if needed. Does nothing on other kernels.
  static func ignoreMapleTree() {
    if access(control, F_OK) != 0 { mount("debugfs", "/sys/kernel/debug", "debugfs", 0, nil) }
    guard access(control, W_OK) == 0 else { return }
    for line in readFile("/proc/kallsyms").split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      let isFunction = words.count == 3 && words[1].lowercased() == "t"
      if isFunction && mapleTree.contains(where: words[2].hasPrefix) { writeFile(control, "!" + words[2]) }
    }
  }
}
