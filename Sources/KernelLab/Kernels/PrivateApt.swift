import Base
import FoundationEssentials

/// apt for one suite of Debian, with its own sources, lists and downloads. Those of the system are not changed.
struct PrivateApt: Sendable {
  private static let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"

  let suite: String
  private let folder: String

  /// Writes the configuration for the mirror that the system itself uses, and reads the suite's lists.
  init(suite: String, cache: KernelCache) async throws {
    self.suite = suite
    folder = cache.aptFolder(suite: suite)
    guard Files.exists(Self.keyring) else {
      throw RingbenchError.cannotRun("\(Self.keyring) is missing: install the package debian-archive-keyring")
    }
    for name in ["lists/partial", "cache/archives/partial"] { try Files.makeFolder("\(folder)/\(name)") }
    let source = "deb [arch=amd64 signed-by=\(Self.keyring)] \(try await Self.mirror()) \(suite) main\n"
    try Files.write(source.utf8, to: sources)
    try Files.write([], to: status)
    do { try await HelperProgram.aptGet.run(options + ["--quiet", "--error-on=any", "update"]) } catch let error
      as RingbenchError
    {
      throw error.about("Debian's suite \(suite) can't be read")
    }
  }

  /// The names of packages that match a regular expression.
  func packages(matching pattern: String) async throws -> [String] {
    let lines = try await HelperProgram.aptCache.lines(options + ["--names-only", "search", pattern])
    return lines.compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  /// The version that would be downloaded.
  func version(of package: String) async throws -> String {
    let lines = try await HelperProgram.aptCache.lines(options + ["--no-all-versions", "show", package])
    return lines.first { $0.hasPrefix("Version: ") }.map { String($0.dropFirst(9)) } ?? "unknown"
  }

  /// Downloads packages into a folder, and checks them against the suite's signature.
  func download(_ packages: [String], to target: String) async throws {
    try await HelperProgram.aptGet.run(options + ["--quiet", "download"] + packages, in: target)
  }

  private var sources: String { folder + "/sources.list" }
  private var status: String { folder + "/status" }

  private var options: [String] {
    let settings = [
      "Dir::Etc::SourceList=\(sources)", "Dir::Etc::SourceParts=-", "Dir::State::Lists=\(folder)/lists",
      "Dir::State::Status=\(status)", "Dir::Cache=\(folder)/cache", "Debug::NoLocking=1",
      // apt's own user can't enter a home directory.
      "APT::Sandbox::User=root",
    ]
    return settings.flatMap { ["-o", $0] }
  }

  /// The Debian mirror in the system's apt sources.
  private static func mirror() async throws -> String {
    let format = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"
    let targets = try await HelperProgram.aptGet.lines(["indextargets", "--format", format, "Created-By: Packages"])
    guard let target = targets.first(where: { $0.hasPrefix("Debian|Debian|") }) else {
      throw RingbenchError.cannotRun(
        "apt knows no Debian mirror: add one to this system's sources, and run 'apt-get update'")
    }
    return String(target.dropFirst("Debian|Debian|".count))
  }
}
