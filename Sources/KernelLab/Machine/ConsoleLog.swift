import FoundationEssentials

/// The output of a guest's kernel and init on the console.
struct ConsoleLog: Sendable {
  let lines: [String]

  init(path: String) {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    self.init(text: String(decoding: data, as: UTF8.self))
  }

  init(text: String) {
    lines = text.split(whereSeparator: \.isNewline).map(Self.printable)
  }

  /// The last lines, for people.
  func tail(_ count: Int = 20) -> [String] { Array(lines.suffix(count)) }

  /// Reports that only a faulty kernel writes. Any of them makes the run's numbers worthless.
  private static let reports = [
    "BUG:", "WARNING:", "Oops", "KASAN:", "KCSAN:", "UBSAN:", "general protection fault", "possible recursive locking",
    "possible circular locking", "inconsistent lock state", "suspicious RCU usage", "detected stall",
    "blocked for more than", "soft lockup", "unable to handle", "Call Trace:",
    "new suspected memory leaks",
  ]

  /// The first report and some lines after it; empty when there is none.
  var report: [String] {
    guard let first = lines.firstIndex(where: { line in Self.reports.contains(where: line.contains) }) else {
      return []
    }
    return Array(lines[first...].prefix(20))
  }

  /// The reason of the kernel's panic; nil when there was none.
  var panic: String? {
    let marker = "Kernel panic - not syncing: "
    for line in lines {
      if let found = line.firstRange(of: marker) { return String(line[found.upperBound...]) }
    }
    return nil
  }

  /// What the guest's init wrote last; nil when it wrote nothing.
  var lastWords: String? {
    lines.last { $0.hasPrefix(Self.ownPrefix) }.map { String($0.dropFirst(Self.ownPrefix.count)) }
  }

  /// How lines of the guest's init begin.
  static let ownPrefix = "ringbench: "

  /// Whether the guest ran out of memory: for the initramfs, for a process, or for the kernel.
  var ranOutOfMemory: Bool {
    let signs = ["Out of memory", "out of memory", "deadlocked on memory", "Initramfs unpacking failed: write error"]
    return lines.contains { line in signs.contains(where: line.contains) }
  }

  /// The line without control bytes, which could move a terminal's cursor.
  private static func printable(_ line: Substring) -> String {
    String(decoding: line.utf8.filter { $0 >= 32 || $0 == 9 }, as: UTF8.self)
  }
}
