/// One version of a package in an archive.
struct ArchivedPackage: Hashable, Sendable, CustomStringConvertible {
  let name: String
  let version: String

  /// `linux-image-6.12.9-amd64 6.12.9-1`.
  var description: String { "\(name) \(version)" }

  init(name: String, version: String) {
    self.name = name
    self.version = version
  }

  /// Reads a line of `apt-cache madison`: `linux-source-6.12 | 6.12.9-1 | mirror suite/main amd64 Packages`.
  init?(madison line: String) {
    let columns = line.split(separator: "|").map { $0.filter { $0 != " " } }
    guard columns.count > 1 else { return nil }
    self.init(name: columns[0], version: columns[1])
  }
}
