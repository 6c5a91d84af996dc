import FoundationEssentials
import TestSupport
import Testing

extension VirtualMachineTests {
  /// Runs `kmbuf-checks`, which checks kernel-managed rings, in a guest. Its sources say what is checked.
  @Suite(.enabled(if: CheckedKernel.plain.isReady, "the laboratory kernel is needed: ringbench kernel build lab"))
  struct LaboratoryKernelTests {
    /// Beginnings of the names of checks.
    static let groups = [
      ["register", "unregister-errors", "mmap", "status"], ["transfer-tcp", "transfer-udp"],
      ["transfer-unix", "transfer-pipe"], ["sqpoll"], ["file", "iopoll"],
      ["waitall", "cancel", "end-of-file", "recvmsg", "truncated", "peek", "no-read-iter", "skip-success"],
      ["waiting", "poll-first", "nowait", "timeout"], ["exhaustion", "order", "overflow"],
      ["hand-back", "provide", "remove", "legacy", "bundle", "send"], ["refill"], ["scribble"],
      ["isolation", "large-total"], ["locked-memory", "cgroup"],
      ["cycles-register", "cycles-mmap", "cycles-failing", "cycles-rings", "cycles-one-page"], ["cycles-halfway"],
      ["unregister-then", "unregister-while", "close", "fork", "exit"],
    ]

    /// Checks that need a machine of their own, or a kernel that lets allocations fail.
    static let others = ["node-placement", "disk", "race", "allocation-failure"]

    @Test(.timeLimit(.minutes(15)), arguments: groups) func holds(group: [String]) async throws {
      try await CheckedKernel.plain.expectAll(group)
    }

    /// With two CPUs, so that workers run beside the thread that guesses.
    @Test(.timeLimit(.minutes(10))) func guessedHandBacksMixNothingUp() async throws {
      try await CheckedKernel.plain.expectAll(["race"], machine: ["--cpus", "2"])
    }

    @Test(.timeLimit(.minutes(5))) func pagesFollowTheRegisteringCPU() async throws {
      let program = try await CheckedKernel.plain.check(["node-placement"], machine: ["--nodes", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("ok node-placement"), "\(program.output)")
    }

    /// Reads complete in interrupt context, even when their group is gone.
    @Test(.timeLimit(.minutes(10))) func aDiskMayAnswerLater() async throws {
      let program = try await CheckedKernel.plain.checkWithDisk(
        ["disk-reads", "disk-unregister-while-reading", "disk-close-while-reading", "disk-busy"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("4 checks, 0 failed"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(10))) func aDiskMayBePolled() async throws {
      let program = try await CheckedKernel.plain.checkWithDisk(["disk-iopoll"], machine: CheckedKernel.pollingDisk)
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("2 checks, 0 failed"), "\(program.output)")
    }

    /// Every check belongs to a group above, or needs a machine of its own.
    @Test(.timeLimit(.minutes(5))) func noCheckIsLeftOut() async throws {
      let program = try await CheckedKernel.plain.check(["list"])
      let names = program.output.split(separator: "\n")
      #expect(names.count > 150)
      for name in names {
        let isKnown = (Self.groups.joined() + Self.others).contains { name.hasPrefix($0) }
        #expect(isKnown, "\(name) is in no group")
      }
    }

    @Test(.timeLimit(.minutes(10))) func hostileUseFindsNothing() async throws {
      let program = try await CheckedKernel.plain.check(["hostile", "--seconds", "30"], machine: ["--cpus", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
    }
  }

  /// The same with a kernel that looks for its own faults.
  @Suite(.enabled(if: CheckedKernel.debug.isReady, "scripts/test --all-kernels runs this: lab-debug is needed"))
  struct DebuggingKernelTests {
    /// The duration of hostile use in guest seconds, and its seed. `Kernel/README.md` says how to run it for minutes.
    private static let seconds = ProcessInfo.processInfo.environment["RINGBENCH_HOSTILE_SECONDS"] ?? "20"
    private static let seed = ProcessInfo.processInfo.environment["RINGBENCH_HOSTILE_SEED"].map { ["--seed", $0] }

    private static let isPatient = ProcessInfo.processInfo.environment["RINGBENCH_EVERY_CHECK"] != nil

    /// Checks that could find lost memory, or writes to freed memory.
    static let dangerous = [
      ["waitall", "cancel", "transfer-unix"], ["exhaustion", "hand-back", "provide", "refill"],
      ["waiting", "nowait", "timeout", "overflow", "skip-success"],
      ["unregister-then", "unregister-while", "close", "fork", "exit"], ["locked-memory", "cgroup"],
    ]

    /// A file system whose server answers when it likes: this kernel alone has FUSE.
    @Test(.timeLimit(.minutes(30))) func aFileMayAnswerLater() async throws {
      try await CheckedKernel.debug.expectAll(["file-partly", "file-later"])
    }

    @Test(.timeLimit(.minutes(30)), arguments: dangerous) func holds(group: [String]) async throws {
      try await CheckedKernel.debug.expectAll(group)
    }

    /// Every allocation fails once: of a registration, a mapping and a receive.
    @Test(
      .timeLimit(.minutes(30)),
      arguments: [
        "allocation-failure-register", "allocation-failure-halfway", "allocation-failure-mmap",
        "allocation-failure-receive",
      ])
    func everyAllocationMayFail(check: String) async throws { try await CheckedKernel.debug.expectAll([check]) }

    @Test(.timeLimit(.minutes(30))) func guessedHandBacksMixNothingUp() async throws {
      try await CheckedKernel.debug.expectAll(["race"], machine: ["--cpus", "2"])
    }

    @Test(
      .enabled(if: isPatient, "RINGBENCH_EVERY_CHECK=1 runs every check on the slow kernel and takes half an hour"),
      .timeLimit(.minutes(30)), arguments: LaboratoryKernelTests.groups)
    func everyCheckHolds(group: [String]) async throws { try await CheckedKernel.debug.expectAll(group) }

    @Test(.timeLimit(.minutes(30))) func aDiskMayAnswerLater() async throws {
      let program = try await CheckedKernel.debug.checkWithDisk(["disk"], machine: CheckedKernel.pollingDisk)
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("7 checks, 0 failed"), "\(program.output)")
      #expect(!program.output.contains("not run"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(30))) func hostileUseFindsNothing() async throws {
      let program = try await CheckedKernel.debug.check(
        ["hostile", "--seconds", Self.seconds] + (Self.seed ?? []), machine: ["--cpus", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("kmemleak found nothing"), "\(program.output)")
    }
  }

  /// The extension on a newer kernel. What is in both kernels alike was checked on the older one.
  @Suite(.enabled(if: CheckedKernel.newer.isReady, "scripts/test --all-kernels runs this: lab-7 is needed"))
  struct NewerLaboratoryKernelTests {
    /// Checks of what the hooks connect, and those that could find lost memory.
    private static let groups =
      DebuggingKernelTests.dangerous + [
        ["register", "unregister-errors", "mmap", "status"], ["transfer-tcp", "transfer-udp", "transfer-pipe"],
        ["file", "iopoll"], ["recvmsg", "truncated", "end-of-file", "no-read-iter", "poll-first"],
        ["remove", "legacy", "bundle", "send"], ["scribble"], ["cycles-register", "cycles-mmap", "cycles-rings"],
        ["cycles-halfway"],
      ]

    @Test(.timeLimit(.minutes(15)), arguments: groups) func holds(group: [String]) async throws {
      try await CheckedKernel.newer.expectAll(group)
    }

    @Test(.timeLimit(.minutes(10))) func guessedHandBacksMixNothingUp() async throws {
      try await CheckedKernel.newer.expectAll(["race"], machine: ["--cpus", "2"])
    }

    @Test(.timeLimit(.minutes(10))) func aDiskMayAnswerLater() async throws {
      let program = try await CheckedKernel.newer.checkWithDisk(["disk"], machine: CheckedKernel.pollingDisk)
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("6 checks, 0 failed"), "\(program.output)")
      #expect(!program.output.contains("not run"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(10))) func hostileUseFindsNothing() async throws {
      let program = try await CheckedKernel.newer.check(["hostile", "--seconds", "30"], machine: ["--cpus", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
    }
  }

  /// A kernel that reports data races. A report on its console fails the run (`BUG: KCSAN`).
  @Suite(
    .enabled(if: CheckedKernel.kcsan.isReady, "scripts/test --all-kernels runs this: lab-kcsan is needed"))
  struct DataRaceTests {
    private static let seconds = ProcessInfo.processInfo.environment["RINGBENCH_HOSTILE_SECONDS"] ?? "20"

    @Test(.timeLimit(.minutes(30))) func hostileUseHasNoDataRaces() async throws {
      let program = try await CheckedKernel.kcsan.check(
        ["hostile", "--seconds", Self.seconds], machine: ["--cpus", "2"])
      #expect(program.status == 0, "\(program.output)\(program.error)")
      #expect(program.output.contains("ok hostile"), "\(program.output)")
      // It has looked at all.
      #expect(program.output.contains("KCSAN set "), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(30)), arguments: [["race"], ["refill"], ["unregister-while", "close"]])
    func checksHaveNoDataRaces(group: [String]) async throws {
      try await CheckedKernel.kcsan.expectAll(group, machine: ["--cpus", "2"])
    }
  }
}
