import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// The configuration of the private apt, and what it says when it fails.
@Suite struct PrivateAptTests {
  private static let hasApt = FileManager.default.isExecutableFile(atPath: "/usr/bin/apt-config")
  private static let hasKeys = hasApt && FileManager.default.fileExists(atPath: PrivateApt.keyring)

  /// Some lines of `apt-config dump` on a system with AppStream, a proxy and a snapshot for a mirror.
  private static let system = [
    #"Acquire::Languages "environment";"#, #"Acquire::IndexTargets::deb::DEP-11::MetaKey "dep11/Components.yml";"#,
    #"APT::Update::Post-Invoke:: "false";"#, #"Dir::Etc::Parts "apt.conf.d";"#, #"Acquire::Retries "9";"#,
    #"acquire::http::Proxy "http://proxy:3128";"#, #"Acquire::http::Proxy::deb.debian.org "DIRECT";"#,
    #"Acquire::httpx "no";"#, #"Acquire::http::Timeout "120";"#, #"Acquire::Check-Valid-Until "false";"#,
  ]

  @Test func onlyWhatSaysHowTheMirrorIsReachedIsKept() {
    let lines = AptConfiguration(folder: "/f", system: Self.system).text.split(separator: "\n")
    for word in ["DEP-11", "Post-Invoke", "httpx", "environment", "\"9\""] {
      #expect(!lines.contains { $0.contains(word) }, "\(word)")
    }
    let kept = [
      #"acquire::http::Proxy "http://proxy:3128";"#, #"Acquire::http::Proxy::deb.debian.org "DIRECT";"#,
      #"Acquire::Check-Valid-Until "false";"#, #"Acquire::Languages "none";"#, #"Dir::Etc::Parts "/dev/null";"#,
      #"Dir::Etc::SourceList "/f/sources.list";"#,
    ]
    for line in kept { #expect(lines.contains(Substring(line)), "\(line)") }
    #expect(lines.last { $0.hasPrefix("Acquire::http::Timeout ") } == #"Acquire::http::Timeout "10";"#)
  }

  /// apt's own view of the configuration, on a system whose packages add index targets as well.
  @Test(.enabled(if: PrivateAptTests.hasApt, "apt is needed")) func aptReadsNothingButThePackages() async throws {
    let folder = try TemporaryFolder()
    let configuration = AptConfiguration(folder: folder.path, system: Self.system)
    try folder.write(configuration.text, to: "apt.conf")
    let dump = try await Program.run(
      "/usr/bin/apt-config", ["dump"], environment: ["APT_CONFIG": configuration.path])
    #expect(dump.status == 0, "\(dump.error)")
    let lines = dump.output.split(separator: "\n")
    let targets = lines.filter { $0.hasPrefix("Acquire::IndexTargets::deb::") }.map { line in
      String(line.dropFirst("Acquire::IndexTargets::deb::".count).prefix { $0 != ":" && $0 != " " })
    }
    // Translations are a target that the next line turns off.
    #expect(Set(targets) == ["Packages", "Translations"])
    #expect(lines.filter { $0.hasPrefix("Acquire::Languages::") } == [#"Acquire::Languages:: "none";"#])
    #expect(dump.output.contains(#"http::Proxy "http://proxy:3128";"#))
    #expect(!dump.output.contains("-Invoke"))
  }

  @Test(arguments: [
    (
      """
      E: Failed to fetch http://m/InRelease  503  Service Unavailable [IP: ::1 80]
      E: Some index files failed to download. They have been ignored, or old ones used instead.
      """, "http://m/InRelease: 503 Service Unavailable [IP: ::1 80]"
    ),
    ("E: The repository 'http://m trixie Release' does not have a Release file.\n", "The repository"),
    ("/bin/sh: 1: exec: broken\n", "/bin/sh: 1: exec: broken"),
  ])
  func theReasonIsOneLine(text: String, reason: String) throws {
    let found = try #require(AptErrors.reason(in: text))
    #expect(found.hasPrefix(reason))
    #expect(!found.contains("\n"))
  }

  /// An error says more than a warning before it.
  @Test func anErrorIsPreferred() {
    #expect(AptErrors.reason(in: "W: Download is performed unsandboxed\nE: no space\n") == "no space")
  }

  @Test(arguments: [
    ("E: Failed to fetch http://m/pool/l/linux_6.12.9-1_all.deb  404  Not Found [IP: ::1 80]\n", true),
    ("E: Can't find a source to download version '6.12.9-1' of 'linux-source-6.12:amd64'\n", true),
    ("E: Version '6.12.9-1' for 'linux-source-6.12' was not found\n", true),
    ("E: Failed to fetch http://m/pool/l/linux_6.12.9-1_all.deb  503  Service Unavailable\n", false),
    ("E: Failed to fetch http://m/dists/trixie/InRelease  404  Not Found [IP: ::1 80]\n", false),
  ])
  func aVersionThatVanished(text: String, isSo: Bool) { #expect(AptErrors.saysVanished(text) == isSo) }

  @Test func silenceIsNoReason() { #expect(AptErrors.reason(in: "\n") == nil) }

  /// Nothing listens at the discard port.
  @Test(.enabled(if: PrivateAptTests.hasKeys, "apt and Debian's keys are needed"))
  func aMirrorThatRefuses() async throws {
    let folder = try TemporaryFolder()
    let cache = KernelCache(environment: ["XDG_CACHE_HOME": folder.path])
    let mirror = "http://127.0.0.1:9/debian"
    let error = await #expect(throws: RingbenchError.self) {
      _ = try await PrivateApt(suite: "trixie", cache: cache, mirror: mirror)
    }
    #expect(error?.status == .failed)
    let message = try #require(error?.message)
    for words in ["the index of Debian's suite trixie", "from \(mirror), tried 3 times", "check the network"] {
      #expect(message.contains(words), "\(message)")
    }
    #expect(!message.contains("\n"))
  }
}
