import Base
import Documents
import FoundationEssentials
import Glibc
import TestSupport
import Vocabulary

/// The static `ringbench` of `scripts/build`. It has its own folder for temporary files, so that a test can see what is
/// left behind.
struct Laboratory {
  static let executables = Places.package + "/.build/release"
  static let hookedSocket = Places.package + "/.build-hooks/release/ringbench-socket"

  /// Whether virtual machines can run: QEMU is installed, and `scripts/build` has been run.
  static let isReady = isExecutable("/usr/bin/qemu-system-x86_64") && isExecutable(executables + "/ringbench")
  /// Whether the tests that boot kernels were asked for: they fetch kernels, and take long.
  static let bootsKernels = isReady && ProcessInfo.processInfo.environment["RINGBENCH_KERNEL_TESTS"] != nil
  /// Whether `scripts/build --test-hooks` has been run as well.
  static let hasHooks = isReady && isExecutable(hookedSocket)
  /// Whether a file system can be mounted for one process alone.
  static let canMount = isReady && geteuid() == 0

  /// A few quick cells.
  static let cells =
    ["--transport", "unix-seqpacket", "--mode", "plain,legacy,pbuf", "--operation", "oneshot"]
    + ["--message-size", "64"]

  /// Where the cache keeps a named kernel.
  static func kernelFolder(_ name: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
    return "\(cache)/ringbench/kernels/\(name)"
  }

  /// Whether a kernel was fetched or built before.
  static func hasKernel(_ name: String) -> Bool {
    isReady && FileManager.default.fileExists(atPath: kernelFolder(name) + "/vmlinuz")
  }

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
  }

  private var temporary: String { folder.file("tmp") }

  /// Runs `ringbench` in the folder.
  func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Program {
    try await Program.run(
      Self.executables + "/ringbench", arguments, in: folder.path,
      environment: environment.merging(["TMPDIR": temporary]) { $1 })
  }

  /// `vm run --deterministic` of `debian-6.12`, which is fetched when the cache doesn't have it.
  func boot(
    _ output: String, _ options: [String] = [], run: [String] = cells, environment: [String: String] = [:]
  ) async throws -> Program {
    try await self.run(
      ["vm", "run", "--kernel", "debian-6.12", "--deterministic", "--output", output] + options + ["--"] + run,
      environment: environment)
  }

  func document(_ output: String) throws -> ResultsDocument {
    try ResultsJSON.decode(ResultsDocument.self, from: folder.read("\(output)/results.json"))
  }

  /// Median instructions by cell.
  func instructions(_ output: String) throws -> [String: Double] {
    let cells = try document(output).cells.compactMap { cell in
      cell.summary["instructions_per_operation"].map { (cell.cell.id, $0.median) }
    }
    return Dictionary(uniqueKeysWithValues: cells)
  }

  /// Files in the temporary folder, and processes whose command line has a path in it.
  var leftovers: [String] {
    get throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: temporary)
      let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { process -> String? in
        guard Int(process) != nil else { return nil }
        let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")?.split(separator: 0) ?? []
        let line = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        return line.contains(temporary) ? "process \(process): \(line)" : nil
      }
      return files + processes
    }
  }

  private static func isExecutable(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }
}
