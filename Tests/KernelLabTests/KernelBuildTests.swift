import Base
import FoundationEssentials
import TestSupport
import Testing

/// `ringbench kernel build` without compiling. Other tests boot kernels that it has built.
@Suite(.enabled(if: Laboratory.isReady, "the executables of scripts/build are needed"))
struct KernelBuildTests {
  private let folder: TemporaryFolder
  private static let recipe = Places.package + "/Kernel"

  init() throws { folder = try TemporaryFolder() }

  /// Runs the command with a cache of its own. The fakes replace programs of the system.
  private func build(_ arguments: [String], fakes: [String: String] = [:]) async throws -> Program {
    try FileManager.default.createDirectory(atPath: folder.file("bin"), withIntermediateDirectories: true)
    for (name, script) in fakes {
      let path = folder.file("bin/\(name)")
      try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try await Program.run(
      Laboratory.executables + "/ringbench", ["kernel", "build"] + arguments, in: folder.path,
      environment: ["XDG_CACHE_HOME": folder.file("cache"), "PATH": folder.file("bin") + ":" + path])
  }

  /// A copy of the recipe, without the folder `scripts` beside it.
  private func copiedRecipe() throws -> String {
    try FileManager.default.copyItem(atPath: Self.recipe, toPath: folder.file("Kernel"))
    return folder.file("Kernel")
  }

  private func expect(_ program: Program, _ status: Int32, _ words: [String]) throws {
    #expect(program.status == status, "\(program.error)")
    let last = try #require(program.errorLines.last)
    for word in words { #expect(last.contains(word), "\(program.error)") }
    #expect(program.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.file("cache/ringbench/kernels/lab")))
  }

  @Test func anUnknownName() async throws {
    try expect(try await build(["laboratory"]), 2, ["'laboratory'", "lab or lab-debug"])
  }

  @Test func noRecipe() async throws {
    try expect(try await build(["lab", "--sources", "nowhere"]), 2, ["--sources nowhere", "hooks.patch"])
  }

  @Test func noSourcePackage() async throws {
    let program = try await build(
      ["lab", "--sources", try copiedRecipe()], fakes: ["apt-cache": "exit 0", "apt-get": "exit 1"])
    try expect(program, 3, ["no source package linux-source-6.12", "apt-get update"])
  }

  @Test func aDownloadThatFails() async throws {
    let fakes = [
      "apt-cache": "echo 'linux-source-6.12 | 6.12.1-1 | mirror suite/main amd64 Packages'",
      "apt-get": "echo 'E: the mirror is down' >&2; exit 100",
    ]
    let program = try await build(["lab", "--sources", try copiedRecipe()], fakes: fakes)
    try expect(program, 3, ["linux-source-6.12 6.12.1-1 can't be downloaded", "the mirror is down"])
  }

  /// The build fails when the hooks fit no version. The message names the newest version and the file.
  @Test func hooksThatDoNotFit() async throws {
    let tree = "linux-source-6.12"
    let fakes = [
      "apt-cache": "for v in 2 1; do echo \"\(tree) | 6.12.$v-1 | mirror suite/main amd64 Packages\"; done",
      "apt-get": "touch source.deb",
      "dpkg-deb": "mkdir -p \(tree)/io_uring usr/src; touch \(tree)/io_uring/kbuf.c",
      "tar": "exit 0",
    ]
    let program = try await build(["lab", "--sources", try copiedRecipe()], fakes: fakes)
    try expect(program, 3, ["Kernel/hooks.patch doesn't fit 6.12.2-1"])
    #expect(program.error.contains("unpacking linux-source-6.12 6.12.1-1"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("cache/ringbench/build")).isEmpty)
  }

  /// A kernel in the cache is not built again. A changed source is another recipe.
  @Test(.enabled(if: Laboratory.hasKernel("lab"), "the laboratory kernel is needed: ringbench kernel build lab"))
  func aKernelOfTheSameRecipeIsLeftAsItIs() async throws {
    let recipe = try copiedRecipe()
    try FileManager.default.createDirectory(
      atPath: folder.file("cache/ringbench/kernels"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("cache/ringbench/kernels/lab"), withDestinationPath: Laboratory.kernelFolder("lab"))
    let fakes = ["apt-cache": "exit 0", "apt-get": "exit 1"]
    let kept = try await build(["lab", "--sources", recipe], fakes: fakes)
    #expect(kept.status == 0, "\(kept.error)")
    #expect(kept.output.hasPrefix("lab: 6.12."))
    #expect(kept.output.contains("-ringbench-lab (linux-source-6.12 6.12."))
    let source = recipe + "/io_uring/kmbuf.c"
    let data = try #require(FileManager.default.contents(atPath: source))
    try (data + Data("\n".utf8)).write(to: URL(filePath: source))
    let changed = try await build(["lab", "--sources", recipe], fakes: fakes)
    #expect(changed.status == 3)
    #expect(changed.error.contains("no source package"))
  }
}
