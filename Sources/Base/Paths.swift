import SystemPackage

/// Parts of paths.
package enum Paths {
  /// The last component: `b` of `/a/b`.
  package static func name(of path: String) -> String { FilePath(path).lastComponent?.string ?? path }

  /// The folder that a file or folder lies in: `/a` of `/a/b`, `.` of `b`, `..` of `.`.
  package static func parent(of path: String) -> String {
    guard path != "." else { return ".." }
    let parent = FilePath(path).removingLastComponent()
    return parent.isEmpty ? "." : parent.string
  }
}
