import Base
import FoundationEssentials
import TestSupport
import Testing

/// The plugin is compiled where it is used. No kernel is fetched or booted before it is there.
@Suite(.enabled(if: Laboratory.isReady, "QEMU and scripts/build are needed"))
struct ProfilerPluginTests {
  private let laboratory: Laboratory

  init() throws {
    laboratory = try Laboratory()
    try Files.makeFolder(laboratory.folder.file("bin"))
  }

  /// Makes a program out of a shell script, or links the machine's own.
  private func program(_ name: String, _ script: String? = nil) throws {
    let path = laboratory.folder.file("bin/\(name)")
    guard let script else {
      return try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/usr/bin/\(name)")
    }
    try Files.write("#!/bin/sh\n\(script)\n".utf8, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private func expect(_ status: Int32, _ words: [String]) async throws {
    try program("sha256sum")
    let program = try await laboratory.run(
      ["explain", "--kernel", "debian-6.12", "--output", "out", "--", "--mode", "pbuf"],
      environment: ["PATH": laboratory.folder.file("bin"), "XDG_CACHE_HOME": laboratory.folder.file("cache")])
    #expect(program.status == status, "\(program.error)")
    #expect(program.errorLines.count == 1)
    for word in words { #expect(program.error.contains(word), "\(program.error)") }
    #expect(!FileManager.default.fileExists(atPath: laboratory.folder.file("out")))
    #expect(!FileManager.default.fileExists(atPath: laboratory.folder.file("cache/ringbench/profiler")))
    let leftovers = try laboratory.leftovers
    #expect(leftovers == [])
  }

  @Test func withoutACompiler() async throws {
    try program("qemu-system-x86_64")
    try await expect(77, ["cc is missing", "install the package gcc"])
  }

  @Test func aPluginThatDoesNotCompile() async throws {
    try program("qemu-system-x86_64")
    try program("cc", "echo 'profiler.c:1: error: no such thing' >&2; exit 1")
    try await expect(3, ["the profiler's plugin for QEMU", "no such thing"])
  }

  /// What QEMU 11.1 says.
  @Test func aQEMUOfAnotherInterface() async throws {
    // A compiler looks for its assembler and linker.
    try program("cc", "PATH=/usr/bin exec /usr/bin/cc \"$@\"")
    try program(
      "qemu-system-x86_64",
      """
      case "$*" in *--version*) echo 'QEMU emulator version 11.1.0'; exit 0 ;; esac
      echo "qemu: Could not load plugin: plugin requires API version 2, but this QEMU supports only a minimum of 7" >&2
      exit 1
      """)
    try await expect(77, ["QEMU emulator version 11.1.0", "API version 2", "minimum of 7"])
  }
}
