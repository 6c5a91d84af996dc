import Base
import FoundationEssentials

/// apt-get and apt-cache under one configuration: that of the system, or a `PrivateApt`'s.
struct AptPrograms: Sendable {
  /// A version that an index still names, and that the mirror no longer has.
  struct VanishedPackage: Error {
    /// In one line.
    let message: String
  }

  private static let tries = 3

  /// Those of the system.
  static let system = AptPrograms(configuration: nil, origin: "this system's apt sources")

  /// The configuration file; nil for the system's.
  let configuration: String?
  /// Where the packages come from, for messages.
  let origin: String

  /// The versions of the packages whose names match a regular expression.
  func packages(matching pattern: String) async throws -> [ArchivedPackage] {
    let found = try await lines(["--names-only", "search", pattern])
    let names = found.compactMap { $0.split(separator: " ").first.map(String.init) }
    guard !names.isEmpty else { return [] }
    return try await lines(["madison"] + names).compactMap(ArchivedPackage.init(madison:))
  }

  /// Downloads packages into a folder, and checks them against the archive's signature.
  ///
  /// - Throws: `VanishedPackage`; `failed` for another reason.
  func download(_ packages: [ArchivedPackage], to target: String) async throws {
    let names = packages.map { "\($0.name)=\($0.version)" }
    try await fetch(names.joined(separator: ", "), ["download"] + names, in: target)
  }

  /// Runs apt-get until it succeeds, at most three times.
  ///
  /// apt's own `Acquire::Retries` takes an answer like 503 and a wrong checksum as final. Mirrors that are busy, or in
  /// the middle of an update, give such answers.
  func fetch(_ what: String, _ arguments: [String], in target: String? = nil) async throws {
    // Two processes with one configuration must not mix their errors.
    let folder = try TemporaryFolder()
    let errors = folder.file("errors")
    var reason = ""
    for attempt in 1...Self.tries {
      do {
        try await HelperProgram.aptGet.run(
          throughShell: #"exec "$0" "$@" 2>"$ERRORS""#, ["--quiet"] + arguments, in: target,
          environment: environment + ["ERRORS=\(errors)"])
        return
      } catch let error as RingbenchError where error.status == .failed {
        let text = (try? Files.text(errors)) ?? ""
        reason = AptErrors.reason(in: text) ?? error.message
        if AptErrors.saysVanished(text) {
          throw VanishedPackage(message: "\(what) is not in \(origin) any more: \(reason)")
        }
      }
      if attempt < Self.tries { try await Task.sleep(for: .seconds(attempt)) }
    }
    throw RingbenchError.failed(
      "\(what) can't be fetched from \(origin), tried \(Self.tries) times: \(reason): check the network, and the mirror"
        + " and the proxy of this system's apt")
  }

  private func lines(_ arguments: [String]) async throws -> [String] {
    try await HelperProgram.aptCache.lines(arguments, environment: environment)
  }

  /// Messages are read, so they must be English.
  private var environment: [String] { (configuration.map { ["APT_CONFIG=\($0)"] } ?? []) + ["LC_ALL=C"] }
}
