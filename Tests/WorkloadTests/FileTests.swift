import Base
import Documents
import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Vocabulary

/// What the file workload does to the file system.
@Suite struct FileTests {
  static let memory = "/dev/shm"
  static let hasMemory = access(memory, W_OK) == 0

  @Test(.enabled(if: hasMemory, "no file system in memory here")) func directIONeedsADisk() async throws {
    let program = try await Workload.run(
      .tried(.fileDirect, .plain), rounds: 1, options: ["--directory", Self.memory])
    #expect(program.status == 0)
    let reply = try Workload.decode(program)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .setup)
    #expect(reply.reason?.message.contains("--directory") == true)
  }

  @Test(arguments: [Transport.file, .fileDirect]) func nothingIsLeftBehind(transport: Transport) async throws {
    let folder = try TemporaryFolder()
    _ = try await Workload.measure(.tried(transport, .plain), options: ["--directory", folder.path])
    #expect(try folder.contents.isEmpty)
  }

  /// The file loses its name before the first read.
  @Test(arguments: [Transport.file, .fileDirect]) func nothingIsLeftBehindByAKill(transport: Transport) async throws {
    let folder = try TemporaryFolder()
    let cell = Cell.tried(transport, .plain)
    let arguments = cell.arguments + ["--duration", "60", "--directory", folder.path]
    let killing = ["/usr/bin/timeout", "--signal=KILL", "1.5"]
    let program = try await Workload.run(cell.executableName, arguments, under: killing)
    #expect(program.status == 128 + SIGKILL)
    #expect(try folder.contents.isEmpty)
  }

  @Test(arguments: [Transport.file, .fileDirect]) func aFolderThatIsNotThereIsNamed(transport: Transport) async throws {
    let reply = try await Workload.reply(.tried(transport, .plain), options: ["--directory", "/nonesuch"])
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.errno == "ENOENT" || transport == .fileDirect)
    #expect(reply.reason?.message.contains("/nonesuch") == true)
  }

  @Test(arguments: [64, 1000]) func directIOReadsWholeBlocks(size: Int) async throws {
    let reply = try await Workload.reply(.tried(.fileDirect, .plain).with { $0.messageSize = size })
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.message.contains("multiple of 512") == true)
  }
}
