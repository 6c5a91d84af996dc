/// Parts of paths.
///
/// swift-system's `FilePath` is not used: its module declares io_uring itself. That clashes with liburing's header in the
/// rooms that drive rings.
package enum Paths {
  /// The last component: `b` of `/a/b`.
  package static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder that a file or folder lies in: `/a` of `/a/b`, `.` of `b`, `..` of `.`.
  package static func parent(of path: String) -> String {
    guard path != "." else { return ".." }
    let trimmed = path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}
