import FoundationEssentials
import TestSupport
import Testing

extension VirtualMachineTests {
  /// Runs `kmbuf-checks`, which checks kernel-managed rings, in a guest. Its sources say what is checked.
  @Suite(.enabled(if: CheckedKernel.plain.isReady, "the laboratory kernel is needed: ringbench kernel build lab"))
  struct LaboratoryKernelTests {
    /// Beginnings of the names of checks.
    static let groups = [
      ["register", "unregister-errors", "mmap"], ["transfer-tcp", "transfer-udp"], ["transfer-unix", "transfer-pipe"],
      ["file"], ["waitall", "cancel", "end-of-file", "recvmsg", "truncated", "peek", "no-read-iter"],
      ["exhaustion", "order"], ["hand-back", "remove", "legacy", "bundle", "send"], ["refill"], ["scribble"],
      ["isolation", "large-total"], ["locked-memory", "cycles"],
      ["unregister-then", "unregister-while", "close", "fork", "exit"],
    ]

    @Test(.timeLimit(.minutes(15)), arguments: groups) func holds(group: [String]) async throws {
      let program = try await CheckedKernel.plain.check(group)
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains(", 0 failed"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(5))) func pagesFollowTheRegisteringCPU() async throws {
      let program = try await CheckedKernel.plain.check(["node-placement"], machine: ["--nodes", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("ok node-placement"), "\(program.output)")
    }

    /// Reads complete in interrupt context, even when their group is gone.
    @Test(.timeLimit(.minutes(10))) func aDiskMayAnswerLater() async throws {
      let program = try await CheckedKernel.plain.checkWithDisk(
        ["disk-reads", "disk-unregister-while-reading", "disk-close-while-reading"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("3 checks, 0 failed"), "\(program.output)")
    }

    /// Every check belongs to a group above, or needs a machine of its own.
    @Test(.timeLimit(.minutes(5))) func noCheckIsLeftOut() async throws {
      let program = try await CheckedKernel.plain.check(["list"])
      let names = program.output.split(separator: "\n").filter { $0 != "node-placement" && !$0.hasPrefix("disk-") }
      #expect(names.count > 70)
      for name in names {
        #expect(Self.groups.joined().contains { name.hasPrefix($0) }, "\(name) is in no group")
      }
    }

    @Test(.timeLimit(.minutes(10))) func hostileUseFindsNothing() async throws {
      let program = try await CheckedKernel.plain.check(["hostile", "--seconds", "30"], machine: ["--cpus", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
    }
  }

  /// The same with a kernel that looks for its own faults.
  @Suite(.enabled(if: CheckedKernel.debug.isReady, "the debugging kernel is needed: ringbench kernel build lab-debug"))
  struct DebuggingKernelTests {
    /// The duration of hostile use in guest seconds, and its seed. `Kernel/README.md` says how to run it for minutes.
    private static let seconds = ProcessInfo.processInfo.environment["RINGBENCH_HOSTILE_SECONDS"] ?? "20"
    private static let seed = ProcessInfo.processInfo.environment["RINGBENCH_HOSTILE_SEED"].map { ["--seed", $0] }

    private static let isPatient = ProcessInfo.processInfo.environment["RINGBENCH_EVERY_CHECK"] != nil

    /// Checks that could find lost memory, or writes to freed memory.
    private static let dangerous = [
      ["waitall", "cancel", "transfer-unix"], ["exhaustion", "hand-back", "refill"],
      ["unregister-then", "unregister-while", "close", "fork", "exit"],
    ]

    @Test(.timeLimit(.minutes(30)), arguments: dangerous) func holds(group: [String]) async throws {
      try await expectAll(group)
    }

    @Test(
      .enabled(if: isPatient, "RINGBENCH_EVERY_CHECK=1 runs every check on the slow kernel and takes 15 minutes"),
      .timeLimit(.minutes(30)), arguments: LaboratoryKernelTests.groups.filter { $0[0] != "locked-memory" })
    func everyCheckHolds(group: [String]) async throws { try await expectAll(group) }

    private func expectAll(_ group: [String]) async throws {
      let program = try await CheckedKernel.debug.check(group)
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains(", 0 failed"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(30))) func aDiskMayAnswerLater() async throws {
      let program = try await CheckedKernel.debug.checkWithDisk(["disk"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("4 checks, 0 failed"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(30))) func hostileUseFindsNothing() async throws {
      let program = try await CheckedKernel.debug.check(
        ["hostile", "--seconds", Self.seconds] + (Self.seed ?? []), machine: ["--cpus", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("kmemleak found nothing"), "\(program.output)")
    }
  }
}
