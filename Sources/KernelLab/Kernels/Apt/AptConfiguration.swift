/// The whole configuration of the private apt, apt.conf(5). apt reads it because `APT_CONFIG` names it.
///
/// The files in `/etc/apt/apt.conf.d` are not read. Other packages put index targets, hooks and preferences there:
/// AppStream's DEP-11 files alone are several downloads, and each one can fail.
struct AptConfiguration: Sendable {
  /// What is kept of the system's configuration: how its mirror is reached (proxies, certificates, address families),
  /// and whether it is a snapshot, whose index may be older than Debian allows.
  private static let kept = [
    "Acquire::http", "Acquire::https", "Acquire::ForceIPv4", "Acquire::ForceIPv6", "Acquire::EnableSrvRecords",
    "Acquire::Check-Valid-Until", "Acquire::Check-Date",
  ]
  /// Seconds until a mirror that does not answer counts as failed; apt's own limit is 30.
  private static let timeout = 10

  /// The folder of the sources, lists and downloads.
  let folder: String
  /// The lines of `apt-config dump` for the system: `Acquire::http::Proxy "http://proxy:3128";`.
  let system: [String]

  var path: String { folder + "/apt.conf" }
  var sources: String { folder + "/sources.list" }
  var status: String { folder + "/status" }

  /// The contents of the file. Later lines override earlier ones.
  var text: String {
    (system.filter(Self.isKept) + settings.map { "\($0) \"\($1)\";" }).map { $0 + "\n" }.joined()
  }

  private var settings: [(String, String)] {
    [
      ("Dir::Etc::Main", "/dev/null"), ("Dir::Etc::Parts", "/dev/null"),
      ("Dir::Etc::Preferences", "/dev/null"), ("Dir::Etc::PreferencesParts", "/dev/null"),
      ("Dir::Etc::SourceList", sources), ("Dir::Etc::SourceParts", "/dev/null"),
      ("Dir::State::Lists", folder + "/lists"), ("Dir::State::Status", status), ("Dir::Cache", folder + "/cache"),
      // Lists are kept compressed and without apt's binary copies of them: a seventh of the size.
      ("Dir::Cache::PkgCache", ""), ("Dir::Cache::SrcPkgCache", ""), ("Acquire::GzipIndexes", "true"),
      ("Acquire::Languages", "none"),
      // `PrivateApt` repeats whole commands.
      ("Acquire::Retries", "0"),
      ("Acquire::http::Timeout", "\(Self.timeout)"), ("Acquire::https::Timeout", "\(Self.timeout)"),
      ("Debug::NoLocking", "1"),
      // apt's own user can't enter a home directory.
      ("APT::Sandbox::User", "root"),
    ]
  }

  /// apt ignores the case of names.
  private static func isKept(_ line: String) -> Bool {
    let name = line.prefix { $0 != " " }.lowercased()
    return kept.map { $0.lowercased() }.contains { name == $0 || name.hasPrefix($0 + "::") }
  }
}
