import Base
import FoundationEssentials
import Synchronization

/// apt for one suite of Debian, with its own configuration, sources, lists and downloads. Those of the system are not
/// changed.
struct PrivateApt: Sendable {
  static let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
  /// The folders whose index this process has fetched, with the mirror that it came from.
  private static let fetched = Mutex<[String: String]>([:])

  /// Its apt-get and apt-cache.
  let programs: AptPrograms

  /// Writes the configuration, and fetches the suite's index unless this process has done so before.
  ///
  /// - Parameter mirror: Nil for the mirror that the system itself uses.
  /// - Throws: `failed` when the index can't be fetched; `cannotRun` when a program, the keys or a mirror are missing.
  init(suite: String, cache: KernelCache, mirror: String? = nil) async throws {
    let folder = cache.aptFolder(suite: suite)
    guard Files.exists(Self.keyring) else {
      throw RingbenchError.cannotRun("\(Self.keyring) is missing: install the package debian-archive-keyring")
    }
    let system = try await HelperProgram.aptConfig.lines(["dump"])
    let configuration = AptConfiguration(folder: folder, system: system)
    if let mirror = Self.fetched.withLock({ $0[folder] }) {
      programs = AptPrograms(configuration: configuration.path, origin: mirror)
      return
    }
    let source: String
    if let mirror { source = mirror } else { source = try await Self.systemMirror() }
    programs = AptPrograms(configuration: configuration.path, origin: source)
    try Files.makeFolder(folder)
    // Two updates at once would take each other's lists.
    let lock = try await FileLock.wait(for: folder + "/lock")
    defer { withExtendedLifetime(lock) {} }
    try Self.write(configuration, source, suite)
    try await programs.fetch("the index of Debian's suite \(suite)", ["--error-on=any", "update"])
    Self.fetched.withLock { $0[folder] = source }
  }

  /// The versions of the packages whose names match a regular expression.
  func packages(matching pattern: String) async throws -> [ArchivedPackage] {
    try await programs.packages(matching: pattern)
  }

  /// Downloads packages into a folder, and checks them against the suite's signature.
  func download(_ packages: [ArchivedPackage], to target: String) async throws {
    do { try await programs.download(packages, to: target) } catch let vanished as AptPrograms.VanishedPackage {
      throw RingbenchError.failed(vanished.message)
    }
  }

  private static func write(_ configuration: AptConfiguration, _ mirror: String, _ suite: String) throws {
    let folder = configuration.folder
    for name in ["lists/partial", "cache/archives/partial"] { try Files.makeFolder("\(folder)/\(name)") }
    let source = "deb [arch=amd64 signed-by=\(keyring)] \(mirror) \(suite) main\n"
    try Files.write(source.utf8, to: configuration.sources)
    try Files.write([], to: configuration.status)
    try Files.write(configuration.text.utf8, to: configuration.path)
    // A proxy's address may have a password in it.
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: configuration.path)
  }

  /// The Debian mirror in the system's apt sources.
  private static func systemMirror() async throws -> String {
    let format = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"
    let targets = try await HelperProgram.aptGet.lines(["indextargets", "--format", format, "Created-By: Packages"])
    guard let target = targets.first(where: { $0.hasPrefix("Debian|Debian|") }) else {
      throw RingbenchError.cannotRun(
        "apt knows no Debian mirror: add one to this system's sources, and run 'apt-get update'")
    }
    return String(target.dropFirst("Debian|Debian|".count))
  }
}
