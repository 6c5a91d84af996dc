import Base
import FoundationEssentials
import TestSupport
import Testing

/// A kernel with kernel-managed rings, and the program that checks it from inside.
struct CheckedKernel {
  /// Its name in `ringbench vm`.
  let name: String
  /// The environment variable with the file of another kernel with the same interface, which is then checked instead.
  let variable: String
  /// Debugging kernels need more.
  let memory: String
  let timeout: Int

  static let plain = CheckedKernel(name: "lab", variable: "RINGBENCH_LAB_KERNEL", memory: "1G", timeout: 540)
  /// With KASAN, lockdep and kmemleak: several times slower.
  static let debug = CheckedKernel(
    name: "lab-debug", variable: "RINGBENCH_LAB_DEBUG_KERNEL", memory: "2G", timeout: 1500)

  /// The same extension on a newer kernel.
  static let newer = CheckedKernel(name: "lab-7", variable: "RINGBENCH_LAB_7_KERNEL", memory: "1G", timeout: 540)
  /// With KCSAN, which watches memory accesses of several CPUs.
  static let kcsan = CheckedKernel(
    name: "lab-kcsan", variable: "RINGBENCH_LAB_KCSAN_KERNEL", memory: "2G", timeout: 1500)

  /// The value of `--kernel`.
  var reference: String { environment(variable) ?? name }

  /// Whether the kernel and the checks are there.
  var isReady: Bool {
    guard Laboratory.isReady, FileManager.default.isExecutableFile(atPath: Self.checks) else { return false }
    let cache = environment("XDG_CACHE_HOME") ?? (environment("HOME") ?? "") + "/.cache"
    return FileManager.default.fileExists(atPath: environment(variable) ?? "\(cache)/ringbench/kernels/\(name)/vmlinuz")
  }

  private static let checks = Laboratory.executables + "/kmbuf-checks"

  /// Runs checks in a guest.
  func check(_ arguments: [String], machine: [String] = []) async throws -> Program {
    try await Laboratory().run(
      ["vm", "exec", "--kernel", reference, "--accel", "tcg", "--memory", memory, "--timeout", "\(timeout)"] + machine
        + ["--", Self.checks] + arguments)
  }

  /// Runs the checks whose names begin like this. All have to hold.
  func expectAll(_ group: [String], machine: [String] = []) async throws {
    let program = try await check(group, machine: machine)
    #expect(program.status == 0, "\(program.output)\(program.error)")
    #expect(program.output.contains(", 0 failed"), "\(program.output)")
  }

  /// A machine whose disk has a queue to be polled. The other queue is for everything else.
  static let pollingDisk = ["--cpus", "2", "--append", "virtio_blk.poll_queues=1"]

  /// The same with a slow disk. All its blocks differ.
  func checkWithDisk(_ arguments: [String], machine: [String] = []) async throws -> Program {
    let folder = try TemporaryFolder()
    var state: UInt64 = 1
    let words = (0..<(1 << 17)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
    try words.withUnsafeBytes { Data($0) }.write(to: URL(filePath: folder.file("disk")))
    return try await check(
      arguments, machine: ["--disk", folder.file("disk"), "--disk-operations-per-second", "50"] + machine)
  }

  private func environment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
