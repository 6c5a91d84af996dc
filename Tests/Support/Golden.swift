import FoundationEssentials

/// Files with the expected text of an output format.
package enum Golden {
  /// The contents of a golden file next to the test.
  ///
  /// If `RINGBENCH_UPDATE_GOLDEN` is in the environment, the text first replaces the file. Look at the difference
  /// before you commit it.
  package static func text(_ name: String, now text: String, beside test: String = #filePath) throws -> String {
    let folder = test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let file = URL(filePath: folder + "/Golden/" + name)
    if ProcessInfo.processInfo.environment["RINGBENCH_UPDATE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
