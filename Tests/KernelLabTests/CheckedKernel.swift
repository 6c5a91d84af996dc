import FoundationEssentials
import TestSupport

/// A kernel with kernel-managed rings, and the program that checks it from inside.
struct CheckedKernel {
  /// Its name in `ringbench vm`.
  let name: String
  /// Names the file of another kernel with the same interface, to be checked in its place.
  let variable: String
  /// Debugging kernels need more.
  let memory: String
  let timeout: Int

  static let plain = CheckedKernel(name: "lab", variable: "RINGBENCH_LAB_KERNEL", memory: "1G", timeout: 540)
  /// With KASAN, lockdep and kmemleak: several times slower.
  static let debug = CheckedKernel(
    name: "lab-debug", variable: "RINGBENCH_LAB_DEBUG_KERNEL", memory: "2G", timeout: 1500)

  /// What `--kernel` gets.
  var reference: String { environment(variable) ?? name }

  /// Whether it can be booted here, with the checks.
  var isReady: Bool {
    guard Laboratory.isReady, FileManager.default.isExecutableFile(atPath: Self.checks) else { return false }
    let cache = environment("XDG_CACHE_HOME") ?? (environment("HOME") ?? "") + "/.cache"
    return FileManager.default.fileExists(atPath: environment(variable) ?? "\(cache)/ringbench/kernels/\(name)/vmlinuz")
  }

  private static let checks = Laboratory.executables + "/kmbuf-checks"

  /// Runs checks in a guest. Their output is the test's own when they fail.
  func check(_ arguments: [String], machine: [String] = []) async throws -> Program {
    try await Laboratory().run(
      ["vm", "exec", "--kernel", reference, "--accel", "tcg", "--memory", memory, "--timeout", "\(timeout)"] + machine
        + ["--", Self.checks] + arguments)
  }

  private func environment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
