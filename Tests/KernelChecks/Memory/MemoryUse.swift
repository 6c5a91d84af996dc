import CUring
import Glibc

/// The use of memory, as the kernel reports it, in KiB.
struct MemoryUse: CustomStringConvertible {
  /// Pages that are in use and that no other line of `/proc/meminfo` counts. Those of groups are among them.
  var pages: Int
  /// Slabs that can't be reclaimed.
  var slab: Int
  /// What `vmalloc` gave out, without the chunks that per-CPU memory is taken from: the kernel keeps those for a while.
  var vmalloc: Int

  /// The use after all pending frees. Workers free rings, and only after grace periods.
  static func settled() -> MemoryUse {
    var (last, quiet) = (now(), 0)
    for _ in 0..<100 where quiet < 4 {
      usleep(250_000)
      let next = now()
      let isQuiet = next.pages >= last.pages && next.slab >= last.slab - 64
      quiet = isQuiet ? quiet + 1 : 0
      last = next
    }
    return last
  }

  /// What `/proc/meminfo` counts apart from groups' pages. A mapping's pages are in none of these lines.
  private static let counted = [
    "MemFree", "Buffers", "Cached", "AnonPages", "Slab", "KernelStack", "PageTables", "SecPageTables", "VmallocUsed",
    "Percpu",
  ]

  /// The use now, after dropping caches.
  static func now() -> MemoryUse {
    sync()
    writeFile("/proc/sys/vm/drop_caches", "3")
    writeFile("/proc/sys/vm/compact_memory", "1")
    let fields = fields(of: "/proc/meminfo")
    // Each CPU keeps free pages on its own lists, up to some MiB. The kernel doesn't count them as free.
    let onLists = readFile("/proc/zoneinfo").split(separator: "\n").reduce(0) { sum, line in
      let words = line.split(separator: " ")
      return words.first == "count:" ? sum + (Int(words[1]) ?? 0) * (pageSize >> 10) : sum
    }
    let known = counted.reduce(onLists + callPaths()) { $0 + (fields[$1] ?? 0) }
    return MemoryUse(
      pages: (fields["MemTotal"] ?? 0) - known, slab: fields["SUnreclaim"] ?? 0, vmalloc: vmallocInUse())
  }

  /// KiB of the call paths of allocations and frees. A debugging kernel keeps each for good, in pools of four pages.
  private static func callPaths() -> Int {
    guard isDebugging else { return 0 }
    let pools = fields(of: "/sys/kernel/debug/stackdepot/stats")["pools"] ?? 0
    return pools * 4 * (pageSize >> 10)
  }

  /// KiB in the areas of `/proc/vmallocinfo`, one line for each: addresses, size, caller, `pages=` and more.
  private static func vmallocInUse() -> Int {
    let pages = readFile("/proc/vmallocinfo").split(separator: "\n").reduce(0) { sum, line in
      guard !line.contains(" pcpu_create_chunk+") else { return sum }
      let count = line.split(separator: " ").first { $0.hasPrefix("pages=") }
      return sum + (count.flatMap { Int($0.dropFirst("pages=".count)) } ?? 0)
    }
    return pages * (pageSize >> 10)
  }

  var description: String { "pages \(pages) KiB, slab \(slab) KiB, vmalloc \(vmalloc) KiB" }

  /// Debugging kernels keep freed objects for a while, and are slow.
  static let isDebugging = KernelLeaks.isAvailable()

  /// KiB of pages, and of areas that `vmalloc` gave out, by which the use may grow.
  private static let pagesTolerated = 64
  /// KiB of objects that may be left. KASAN keeps freed ones for a while.
  private static let objectsTolerated = isDebugging ? 64 << 10 : 1 << 10

  /// How often a check at least repeats what could lose one page.
  static let cyclesForOnePage = pagesTolerated / (pageSize >> 10) + 4

  /// Fails unless the use returns to what it was within some time.
  ///
  /// - Parameter extra: KiB of pages, and of objects, by which the use may grow besides. The RAM disk keeps every page
  ///   once written, and slabs that were full once stay in pieces.
  static func expectReturn(to before: MemoryUse, extra: Int = 0, _ what: String) throws {
    var allowed = before
    allowed.pages += extra
    allowed.slab += extra
    var after = now()
    for _ in 0..<60 where !after.isNoMore(than: allowed) {
      usleep(500_000)
      after = now()
    }
    guard after.isNoMore(than: allowed) else {
      throw CheckFailure("\(what): memory did not come back: before \(before); after \(after)")
    }
    say("   \(what): before \(before); after \(after)")
  }

  /// Whether this is as much as before, but for what the kernel itself may need.
  func isNoMore(than before: MemoryUse) -> Bool {
    pages <= before.pages + Self.pagesTolerated && slab <= before.slab + Self.objectsTolerated
      && vmalloc <= before.vmalloc + Self.pagesTolerated
  }

  /// The bytes that are free, and those of the whole machine.
  static func freeAndTotal() -> (free: Int, total: Int) {
    let fields = fields(of: "/proc/meminfo")
    return ((fields["MemFree"] ?? 0) * 1024, (fields["MemTotal"] ?? 0) * 1024)
  }

  private static func fields(of path: String) -> [String: Int] {
    let lines = readFile(path).split(separator: "\n").map { $0.split(whereSeparator: { $0 == ":" || $0 == " " }) }
    return Dictionary(
      lines.compactMap { words in words.count > 1 ? Int(words[1]).map { (String(words[0]), $0) } : nil },
      uniquingKeysWith: { first, _ in first })
  }
}

@discardableResult
func writeFile(_ path: String, _ text: String) -> Bool {
  let file = open(path, O_WRONLY)
  guard file >= 0 else { return false }
  defer { close(file) }
  let bytes = Array(text.utf8)
  return write(file, bytes, bytes.count) == bytes.count
}

func readFile(_ path: String) -> String {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { return "" }
  defer { close(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(file, &block, block.count), count > 0 { bytes += block[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

/// `kmemleak`: objects that nothing points to.
enum KernelLeaks {
  private static let path = "/sys/kernel/debug/kmemleak"

  /// Whether the kernel looks for leaks. Mounts debugfs if needed.
  static func isAvailable() -> Bool {
    if access(path, F_OK) != 0 { mount("debugfs", "/sys/kernel/debug", "debugfs", 0, nil) }
    return access(path, F_OK) == 0
  }

  /// Forgets the leaks found so far.
  static func clear() {
    writeFile(path, "scan")
    writeFile(path, "clear")
  }

  /// Scans twice, because kmemleak counts only objects that are old enough and looked lost both times.
  static func expectNone() throws {
    for _ in 0..<2 {
      sleep(6)
      writeFile(path, "scan")
    }
    let report = readFile(path)
    guard !report.isEmpty else { return }
    for line in report.split(separator: "\n").prefix(80) { say(String(line)) }
    throw CheckFailure("kmemleak: objects that nothing points to, see above")
  }
}
