import Base
import FoundationEssentials
import Synchronization

/// apt for one suite of Debian, with its own configuration, sources, lists and downloads. Those of the system are not
/// changed.
struct PrivateApt: Sendable {
  static let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
  private static let tries = 3
  /// The folders whose index this process has fetched, with the mirror that it came from.
  private static let fetched = Mutex<[String: String]>([:])

  let suite: String
  private let mirror: String
  private let configuration: AptConfiguration

  /// Writes the configuration, and fetches the suite's index unless this process has done so before.
  ///
  /// - Parameter mirror: Nil for the mirror that the system itself uses.
  /// - Throws: `failed` when the index can't be fetched; `cannotRun` when a program, the keys or a mirror are missing.
  init(suite: String, cache: KernelCache, mirror: String? = nil) async throws {
    self.suite = suite
    let folder = cache.aptFolder(suite: suite)
    guard Files.exists(Self.keyring) else {
      throw RingbenchError.cannotRun("\(Self.keyring) is missing: install the package debian-archive-keyring")
    }
    let system = try await HelperProgram.aptConfig.lines(["dump"])
    configuration = AptConfiguration(folder: folder, system: system)
    if let mirror = Self.fetched.withLock({ $0[folder] }) {
      self.mirror = mirror
      return
    }
    if let mirror { self.mirror = mirror } else { self.mirror = try await Self.systemMirror() }
    try write()
    try await fetch("the index of Debian's suite \(suite)", ["--error-on=any", "update"])
    let source = self.mirror
    Self.fetched.withLock { $0[folder] = source }
  }

  /// The versions of the packages whose names match a regular expression.
  func packages(matching pattern: String) async throws -> [ArchivedPackage] {
    let found = try await lines(["--names-only", "search", pattern])
    let names = found.compactMap { $0.split(separator: " ").first.map(String.init) }
    guard !names.isEmpty else { return [] }
    return try await lines(["madison"] + names).compactMap(ArchivedPackage.init(madison:))
  }

  /// Downloads packages into a folder, and checks them against the suite's signature.
  func download(_ packages: [ArchivedPackage], to target: String) async throws {
    let names = packages.map { "\($0.name)=\($0.version)" }
    try await fetch(names.joined(separator: ", "), ["download"] + names, in: target)
  }

  private func write() throws {
    let folder = configuration.folder
    for name in ["lists/partial", "cache/archives/partial"] { try Files.makeFolder("\(folder)/\(name)") }
    let source = "deb [arch=amd64 signed-by=\(Self.keyring)] \(mirror) \(suite) main\n"
    try Files.write(source.utf8, to: configuration.sources)
    try Files.write([], to: configuration.status)
    try Files.write(configuration.text.utf8, to: configuration.path)
    // A proxy's address may have a password in it.
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: configuration.path)
  }

  /// Runs apt-get until it succeeds, at most three times.
  ///
  /// apt's own `Acquire::Retries` takes an answer like 503 and a wrong checksum as final. Mirrors that are busy, or in
  /// the middle of an update, give such answers.
  private func fetch(_ what: String, _ arguments: [String], in target: String? = nil) async throws {
    let errors = configuration.folder + "/errors"
    var reason = ""
    for attempt in 1...Self.tries {
      do {
        try await HelperProgram.aptGet.run(
          throughShell: #"exec "$0" "$@" 2>"$ERRORS""#, ["--quiet"] + arguments, in: target,
          environment: environment + ["ERRORS=\(errors)"])
        return
      } catch let error as RingbenchError where error.status == .failed {
        reason = AptErrors.reason(in: (try? Files.text(errors)) ?? "") ?? error.message
      }
      if attempt < Self.tries { try await Task.sleep(for: .seconds(attempt)) }
    }
    throw RingbenchError.failed(
      "\(what) can't be fetched from \(mirror), tried \(Self.tries) times: \(reason): check the network, and the mirror"
        + " and the proxy of this system's apt")
  }

  private func lines(_ arguments: [String]) async throws -> [String] {
    try await HelperProgram.aptCache.lines(arguments, environment: environment)
  }

  /// Messages are read, so they must be English.
  private var environment: [String] { ["APT_CONFIG=\(configuration.path)", "LC_ALL=C"] }

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
