import FoundationEssentials

/// Files that hold what an output format looked like when somebody last looked at it.
package enum Golden {
  /// The contents of a golden file next to the test.
  ///
  /// With `RINGBENCH_UPDATE_GOLDEN` in the environment the file is first replaced by the text: look at the difference
  /// before committing it.
  package static func text(_ name: String, now text: String, beside test: String = #filePath) throws -> String {
    let folder = test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let file = URL(filePath: folder + "/Golden/" + name)
    if ProcessInfo.processInfo.environment["RINGBENCH_UPDATE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
