import FoundationEssentials

/// Files that tests need.
package enum Places {
  /// The root of the package.
  package static let package = folder(of: #filePath, up: 3)

  package static let schemas = package + "/Sources/Documents/Schema"

  package static let validator = package + "/Tests/Support/validate.py"

  /// The script that looks at a page in a browser.
  package static let look = package + "/Tests/Support/look.js"

  /// The `ringbench` that was built with the tests.
  package static var ringbench: String { executable("ringbench") }

  /// An executable that was built with the tests: it lies beside them.
  package static func executable(_ name: String) -> String {
    let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") }
    return folder(of: bundle ?? ProcessInfo.processInfo.arguments[0], up: 1) + "/" + name
  }

  private static func folder(of path: String, up levels: Int) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels).joined(separator: "/")
  }
}
