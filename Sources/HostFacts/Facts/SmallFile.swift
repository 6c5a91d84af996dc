import Glibc

/// Reading the small text files of `/proc` and `/sys`, without Foundation: workload processes start in milliseconds.
package enum SmallFile {
  /// The whole file as text; nil when it can't be read.
  package static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  /// The file without surrounding white space; nil when it can't be read or has nothing else.
  package static func trimmed(_ path: String) -> String? {
    guard let text = read(path) else { return nil }
    let trimmed = text.trimmingWhitespace()
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  /// The names in a folder, sorted, without `.` and `..`; empty when it can't be read.
  package static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
