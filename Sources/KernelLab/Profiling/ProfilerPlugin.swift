import Base
import FoundationEssentials
import Glibc
import Profiler

/// The QEMU plugin of `Profiler/`, compiled for the QEMU that is installed.
struct ProfilerPlugin: Sendable {
  /// How much a plugin counts.
  enum Level: String, Sendable {
    /// String moves only, which takes no time.
    case strings
    /// Instructions by function and call path.
    case calls
    /// Caches, branches and locks as well.
    case caches
  }

  /// The shared object.
  let path: String

  private static let compilerOptions = ["-O2", "-std=gnu17", "-shared", "-fPIC", "-fvisibility=hidden"]

  /// Takes the plugin from the cache, or compiles it and tries whether QEMU takes it.
  ///
  /// - Throws: `cannotRun` without a compiler, and for a QEMU whose plugin interface is another one; `failed` when it
  ///   doesn't compile.
  static func provide(in cache: KernelCache) async throws -> ProfilerPlugin {
    let work = try TemporaryFolder()
    let source = work.file("profiler.c")
    try Files.write(Profiler.source, to: source)
    let version = try await HelperProgram.qemu.lines(["--version"]).first ?? "unknown"
    let words = ([version] + compilerOptions).joined(separator: " ")
    try Files.write(words.utf8, to: work.file("words"))
    let sums = try await HelperProgram.sha256sum.lines([source, work.file("words")]).map { $0.prefix(32) }
    let plugin = ProfilerPlugin(path: "\(cache.profilerFolder)/\(sums.joined(separator: "-")).so")
    guard !Files.exists(plugin.path) else { return plugin }
    let made = ProfilerPlugin(path: work.file("profiler.so"))
    try await compile(source, to: made.path)
    try await made.check(version)
    try cache.prepare()
    try Files.makeFolder(cache.profilerFolder)
    try Files.replace(plugin.path, with: try Data(contentsOf: URL(filePath: made.path)))
    return plugin
  }

  /// The plugin; nil with a line that says why where there is none: a run can do without.
  static func ifPossible(in cache: KernelCache) async throws(CancellationError) -> ProfilerPlugin? {
    do { return try await provide(in: cache) } catch let error as CancellationError { throw error } catch {
      StandardError.line("ringbench: string moves are not counted apart: \(error)")
      return nil
    }
  }

  private static func compile(_ source: String, to path: String) async throws {
    do { try await HelperProgram.cc.run(compilerOptions + ["-o", path, source]) } catch let error as RingbenchError {
      throw error.about("the profiler's plugin for QEMU")
    }
  }

  /// Starts QEMU without a machine and ends it.
  private func check(_ version: String) async throws {
    let arguments = arguments(.strings, output: "/dev/null", functions: nil)
    let command = #"echo quit | "$0" -M none -nodefaults -display none -monitor stdio "$@""#
    do { try await HelperProgram.qemu.run(throughShell: command, arguments) } catch let error as RingbenchError {
      throw Self.isAboutInterface(error.message)
        ? RingbenchError.cannotRun("the profiler has no plugin for this QEMU (\(version)): \(error.message)")
        : RingbenchError.failed("the profiler's plugin can't be loaded into \(version): \(error.message)")
    }
  }

  /// Whether QEMU refuses the plugin because of its interface (QEMU `plugins/loader.c`), or has no plugins at all.
  private static func isAboutInterface(_ message: String) -> Bool {
    message.contains("API version") || message.contains("undefined symbol") || message.contains("invalid option")
  }

  /// QEMU's arguments.
  ///
  /// - Parameters:
  ///   - output: the file to which it writes a section for each trial.
  ///   - functions: the file of `FunctionTable`; nil for level `strings`.
  func arguments(_ level: Level, output: String, functions: String?) -> [String] {
    let words = ["level=\(level.rawValue)", "out=\(output)"] + (functions.map { ["functions=\($0)"] } ?? [])
    return ["-plugin", ([path] + words).map { $0.replacing(",", with: ",,") }.joined(separator: ",")]
  }
}
