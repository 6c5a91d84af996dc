import Glibc

/// `VmFlags` of this process's mappings (`proc_pid_smaps(5)`): `mm` is a mixed map of ordinary pages, `pf` are raw page
/// frames.
enum MemoryMapFlags {
  static func flags(at base: UnsafeMutableRawPointer) -> [Substring]? {
    guard let file = fopen("/proc/self/smaps", "r") else { return nil }
    defer { fclose(file) }
    let start = String(UInt(bitPattern: base), radix: 16) + "-"
    var isInside = false
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      isInside = isInside || text.hasPrefix(start)
      if isInside, text.hasPrefix("VmFlags:") { return text.split(whereSeparator: \.isWhitespace) }
    }
    return nil
  }
}
