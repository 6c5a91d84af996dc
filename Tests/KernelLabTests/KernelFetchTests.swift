import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// `ringbench kernel fetch`, `kernel list` and `--offline`, without a network. Scripts replace apt's programs.
@Suite struct KernelFetchTests {
  private static let hasKeys = FileManager.default.fileExists(atPath: PrivateApt.keyring)
  private static let failure = "E: Failed to fetch http://mirror/debian/InRelease  503  Service Unavailable"

  private let folder: TemporaryFolder
  private let cache: KernelCache

  init() throws {
    folder = try TemporaryFolder()
    cache = KernelCache(environment: ["XDG_CACHE_HOME": folder.file("cache")])
    try Files.makeFolder(folder.file("bin"))
    try fake("apt-config", "exit 0")
    // Each command is written down.
    try fake(
      "apt-get",
      """
      case "$*" in indextargets*) echo 'Debian|Debian|http://mirror/debian/'; exit 0 ;; esac
      echo "$*" >>"\(folder.file("calls"))"
      case "$*" in *update*) exit 0 ;; esac
      echo "\(Self.failure)" >&2
      exit 100
      """)
    try fake(
      "apt-cache",
      """
      for version in 94 107; do
        name="linux-image-6.12.$version+deb13-cloud-amd64"
        case "$*" in
          *search*) echo "$name - Linux" ;;
          *madison*) echo " $name | 6.12.$version-1 | http://mirror/debian trixie/main amd64 Packages" ;;
        esac
      done
      """)
  }

  private func fake(_ name: String, _ script: String) throws {
    let path = folder.file("bin/\(name)")
    try Files.write("#!/bin/sh\n\(script)\n".utf8, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// A mirror that never answers with an index.
  private func breakTheMirror() throws {
    try fake(
      "apt-get",
      """
      case "$*" in indextargets*) echo 'Debian|Debian|http://mirror/debian/'; exit 0 ;; esac
      echo "$*" >>"\(folder.file("calls"))"
      echo "\(Self.failure)" >&2
      exit 100
      """)
  }

  /// Puts a kernel into the cache: a file with the header of a bzImage.
  private func store(_ name: String, version: String) throws {
    var bytes = [UInt8](repeating: 0, count: 0x1000)
    bytes.replaceSubrange(0x202..<0x206, with: "HdrS".utf8)
    bytes[0x20F] = 0x04
    bytes.replaceSubrange(0x600..<0x60F, with: "6.12.1-test (x)".utf8)
    let place = cache.kernelFolder(name)
    try Files.makeFolder(StoredKernel.modules(in: place))
    try Files.write(bytes, to: StoredKernel.image(in: place))
    let source = StoredKernel.Source(packages: ["linux-image \(version)"])
    try Files.write(try ResultsJSON.document(source), to: StoredKernel.source(in: place))
  }

  private func ringbench(_ arguments: [String]) async throws -> Program {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try await Program.run(
      Places.ringbench, arguments, in: folder.path,
      environment: [
        "XDG_CACHE_HOME": folder.file("cache"), "PATH": folder.file("bin") + ":" + path,
        "RINGBENCH_LIBEXEC": Laboratory.executables,
      ])
  }

  private var calls: [Substring] { ((try? Files.text(folder.file("calls"))) ?? "").split(separator: "\n") }

  // MARK: A mirror that fails

  @Test(.enabled(if: KernelFetchTests.hasKeys, "Debian's keys are needed")) func threeTriesAndOneLine() async throws {
    try breakTheMirror()
    let program = try await ringbench(["kernel", "fetch", "debian-6.12"])
    #expect(program.status == 3, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    for words in ["debian-6.12: the index", "http://mirror/debian/", "503 Service Unavailable", "check the network"] {
      #expect(program.error.contains(words), "\(program.error)")
    }
    #expect(calls.count == 3, "\(calls)")
    #expect(program.output.isEmpty)
  }

  @Test(.enabled(if: KernelFetchTests.hasKeys, "Debian's keys are needed")) func aPackageThatFails() async throws {
    let program = try await ringbench(["kernel", "fetch", "debian-6.12@6.12.94-1"])
    #expect(program.status == 3, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    #expect(program.error.contains("linux-image-6.12.94+deb13-cloud-amd64=6.12.94-1 can't be fetched"))
    #expect(calls.count { $0.contains("update") } == 1)
    #expect(calls.count { $0.contains("download") } == 3)
    #expect(Files.names(in: cache.kernelsFolder).isEmpty)
  }

  @Test(.enabled(if: KernelFetchTests.hasKeys, "Debian's keys are needed")) func theCacheStandsIn() async throws {
    try breakTheMirror()
    try store("debian-6.12", version: "6.12.9-1")
    let program = try await ringbench(["kernel", "fetch", "debian-6.12"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == "debian-6.12: 6.12.1-test (6.12.9-1)\n")
    #expect(program.errorLines.count == 1, "\(program.error)")
    #expect(program.error.contains("using debian-6.12 of the cache, 6.12.9-1: the index"))
  }

  /// apt checks what it downloads, and a disk may still lose it. Nothing of it stays.
  @Test(.enabled(if: KernelFetchTests.hasKeys, "Debian's keys are needed"), arguments: [false, true])
  func aDamagedDownload(hasOld: Bool) async throws {
    if hasOld { try store("debian-6.12", version: "6.12.9-1") }
    try fake(
      "apt-get",
      """
      case "$*" in
        indextargets*) echo 'Debian|Debian|http://mirror/debian/' ;;
        *download*) echo 'no archive' >linux-image_6.12.107-1_amd64.deb ;;
      esac
      """)
    let program = try await ringbench(["kernel", "fetch", "debian-6.12"])
    #expect(program.status == (hasOld ? 0 : 3), "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    for words in [
      "linux-image_6.12.107-1_amd64.deb was downloaded and is damaged: dpkg-deb failed", "it was removed: try again",
    ] {
      #expect(program.error.contains(words), "\(program.error)")
    }
    #expect(Files.names(in: cache.kernelsFolder) == (hasOld ? ["debian-6.12"] : []))
  }

  /// The user chooses the place of the cache, so a wrong one is bad input, found before the mirror is asked.
  @Test(arguments: [
    ["kernel", "fetch", "debian-6.12"], ["kernel", "fetch", "debian-7@7.3.4-1"], ["kernel", "build", "lab"],
  ])
  func aCacheThatCantBeWrittenTo(arguments: [String]) async throws {
    try Files.write([], to: folder.file("cache"))
    let program = try await ringbench(arguments)
    #expect(program.status == 2, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    let place = folder.file("cache") + "/ringbench: the cache can't be written to: Not a directory"
    #expect(program.error.contains(place), "\(program.error)")
    #expect(program.error.contains("set XDG_CACHE_HOME to a folder that can be written to"), "\(program.error)")
    #expect(calls.isEmpty)
  }

  /// Such as one that was made by another user.
  @Test func aFolderOfTheCacheThatCantBeWrittenTo() async throws {
    try Files.makeFolder(folder.file("cache/ringbench"))
    try Files.write([], to: folder.file("cache/ringbench/kernels"))
    let program = try await ringbench(["kernel", "fetch", "debian-6.12"])
    #expect(program.status == 2, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    #expect(program.error.contains("/cache/ringbench/kernels: the cache can't be written to: Not a directory"))
    #expect(calls.isEmpty)
  }

  /// What is built is not among what can be fetched.
  @Test(arguments: [
    ("lab", "a laboratory kernel is built, not fetched: run 'ringbench kernel build lab'"),
    ("debian-9", "unknown kernel 'debian-9': one of debian-6.1, debian-6.12, debian-7 can be fetched"),
  ])
  func whatCantBeFetched(name: String, message: String) async throws {
    let program = try await ringbench(["kernel", "fetch", name])
    #expect(program.status == 2)
    #expect(program.errorLines.count == 1 && program.error.contains(message), "\(program.error)")
    #expect(name == "lab" || !program.error.contains("lab"))
  }

  // MARK: A version

  @Test(.enabled(if: KernelFetchTests.hasKeys, "Debian's keys are needed")) func aVersionThatTheArchiveLacks()
    async throws
  {
    try store("debian-6.12", version: "6.12.9-1")
    let program = try await ringbench(["kernel", "fetch", "debian-6.12@6.12.57-1"])
    #expect(program.status == 2, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    #expect(program.error.contains("it has 6.12.107-1, 6.12.94-1"), "\(program.error)")
  }

  /// The newest of a series will be replaced, so the version gets its own copy of it.
  @Test func aVersionThatIsTheNewestIsCopied() async throws {
    try store("debian-6.12", version: "6.12.9-1")
    let program = try await ringbench(["kernel", "fetch", "debian-6.12@6.12.9-1"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.error.isEmpty)
    #expect(calls.isEmpty)
    #expect(Files.names(in: cache.kernelsFolder) == ["debian-6.12", "debian-6.12@6.12.9-1"])
  }

  @Test func versionsAreListed() throws {
    try store("debian-6.12", version: "6.12.107-1")
    for version in ["6.12.94-1", "6.12.9-1"] { try store("debian-6.12@\(version)", version: version) }
    let lines = KernelList(cache: cache).text.split(separator: "\n").map { $0.split(separator: " ").prefix(2) }
    #expect(lines[1] == ["debian-6.12", "6.12.107-1,"])
    #expect(lines[2] == ["debian-6.12@6.12.9-1", "6.12.9-1,"])
    #expect(lines[3] == ["debian-6.12@6.12.94-1", "6.12.94-1,"])
    #expect(lines[4] == ["debian-7", "from"])
  }

  // MARK: Offline

  @Test(arguments: ["debian-6.12", "debian-6.12@6.12.57-1"]) func nothingIsFetchedOffline(name: String) async throws {
    let program = try await ringbench(["kernel", "fetch", name, "--offline"])
    #expect(program.status == 2, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    #expect(program.error.contains("\(name) is not in the cache"))
    #expect(program.error.contains("'ringbench kernel fetch \(name)'"))
    #expect(calls.isEmpty)
    #expect(try folder.contents == ["bin"])
  }

  @Test(
    .enabled(if: Laboratory.isReady, "the executables of scripts/build are needed"),
    arguments: [
      ["run", "--kernel", "debian-6.12"], ["compare", "--kernel", "debian-6.12@6.12.57-1", "--kernel", "debian-6.1"],
      ["exec", "--kernel", "debian-6.12", "--", Laboratory.executables + "/ringbench"],
    ])
  func aMachineWithoutItsKernel(arguments: [String]) async throws {
    let program = try await ringbench(["vm", arguments[0], "--offline"] + arguments.dropFirst())
    #expect(program.status == 2, "\(program.error)")
    #expect(program.errorLines.count == 1, "\(program.error)")
    #expect(program.error.contains("'ringbench kernel fetch \(arguments[2])'"), "\(program.error)")
    #expect(calls.isEmpty)
    #expect(try folder.contents == ["bin"])
  }

  /// Nobody asks the archive about a kernel that is in the cache.
  @Test(arguments: [true, false]) func theCacheNeedsNoNetwork(isOffline: Bool) async throws {
    try store("debian-6.12", version: "6.12.9-1")
    let cache = KernelCache(environment: ["XDG_CACHE_HOME": folder.file("cache")], isOffline: isOffline)
    for name in ["debian-6.12", "debian-6.12@6.12.9-1"] {
      #expect(try await KernelReference(name).resolve(in: cache).release == "6.12.1-test")
    }
  }

  @Test func offlineFetchAnswersFromTheCache() async throws {
    try store("debian-6.12", version: "6.12.9-1")
    let program = try await ringbench(["kernel", "fetch", "--offline", "debian-6.12"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == "debian-6.12: 6.12.1-test (6.12.9-1)\n")
    #expect(program.error.isEmpty)
    #expect(calls.isEmpty)
  }

  @Test func aNewBuildIsNotOffline() async throws {
    let program = try await ringbench(["kernel", "build", "lab", "--anew", "--offline"])
    #expect(program.status == 2, "\(program.error)")
    #expect(program.error.contains("--anew with --offline"))
  }
}
