import Base
import FoundationEssentials

/// The places that call `io_buffer_select()`, by file of `io_uring`. Each one has to know kernel-managed buffers: it would
/// take the address of such a buffer for one of the application's.
struct SelectionCallers: Hashable, Sendable {
  private static let function = "io_buffer_select("

  private let counts: [String: Int]

  /// Reads the file `callers` of a series: a line for each file, with the number of calls, such as `net.c 2`.
  ///
  /// - Throws: `badInput` for another line.
  init(file: String) throws(RingbenchError) {
    var counts: [String: Int] = [:]
    for line in try Files.text(file).split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard words.count == 2, let count = Int(words[1]), counts.updateValue(count, forKey: String(words[0])) == nil
      else {
        throw RingbenchError.badInput(
          "\(file): '\(line)': a file and its number of calls are needed, once for each file")
      }
    }
    self.counts = counts
  }

  /// Counts the calls in a tree.
  init(tree: String) throws(RingbenchError) {
    let folder = tree + "/io_uring"
    var counts: [String: Int] = [:]
    for name in Files.names(in: folder) where name.hasSuffix(".c") {
      let calls = Self.calls(in: try Files.text("\(folder)/\(name)"))
      if calls > 0 { counts[name] = calls }
    }
    self.counts = counts
  }

  /// - Throws: `failed` with the first file whose number of calls is another than the known one.
  func check(against known: SelectionCallers, of series: String) throws(RingbenchError) {
    let files = Set(counts.keys).union(known.counts.keys).sorted()
    for file in files where counts[file, default: 0] != known.counts[file, default: 0] {
      throw RingbenchError.failed(
        "io_uring/\(file) calls io_buffer_select() \(counts[file, default: 0]) times, and \(series) knows "
          + "\(known.counts[file, default: 0]): the series has to learn about it")
    }
  }

  /// Kernel style: the definition starts at the margin, a call does not. `io_buffer_select()` is a comment.
  private static func calls(in text: String) -> Int {
    text.split(separator: "\n").count { line in
      guard line.first?.isWhitespace == true, let call = line.firstRange(of: function) else { return false }
      let before = line[..<call.lowerBound].last
      let isWhole = before.map { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? true
      return isWhole && line[call.upperBound...].first != ")"
    }
  }
}
