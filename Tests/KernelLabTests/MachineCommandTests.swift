import Base
import FoundationEssentials
import TestSupport
import Testing

/// Errors that are found before anything is fetched or started.
@Suite struct MachineCommandTests {
  @Test(arguments: [
    (["--kernel", "debian-9"], "unknown kernel 'debian-9'"),
    (["--kernel", "debian-6.1", "--kernel", "debian-6.12"], "--kernel: one is needed; there are 2"),
    (["--kernel", "/nowhere/bzImage"], "/nowhere/bzImage: no such file"),
    (["--kernel", "debian-6.12", "--deterministic", "--nodes", "2"], "--deterministic"),
    (["--kernel", "debian-6.12", "--deterministic", "--accel", "kvm"], "tcg"),
    (["--kernel", "debian-6.12", "--deterministic", "--", "--pattern", "stream"], "pattern stream"),
    (["--kernel", "debian-6.12", "--deterministic", "--", "--pattern", "paced", "--rate", "10"], "pattern paced"),
    (["--kernel", "debian-6.12", "--nodes", "3", "--cpus", "2"], "--cpus: 2 CPUs for 3 nodes"),
    (["--kernel", "debian-6.12", "--distance", "10"], "--distance: 10"),
    (["--kernel", "debian-6.12", "--memory", "1M"], "--memory: 1 MiB"),
    (["--kernel", "debian-6.12", "--", "--mode", "none"], "unknown mode 'none'"),
    (["--kernel", "debian-6.12", "--", "--nodes", "1"], "no node 1"),
    (["--kernel", "debian-6.12", "--", "--resume", "x"], "--resume"),
    (["--kernel", "debian-6.12", "--", "--directory", "/tmp"], "RAM disk"),
  ])
  func badInput(arguments: [String], words: String) async throws {
    let folder = try TemporaryFolder()
    let program = try await Program.run(
      Places.ringbench, ["vm", "run"] + arguments, in: folder.path,
      environment: ["RINGBENCH_LIBEXEC": Laboratory.executables])
    #expect(program.status == 2, "\(program.error)")
    #expect(program.errorLines.count == 1)
    #expect(program.error.contains(words), "\(program.error)")
    #expect(try folder.contents.isEmpty)
  }

  @Test(.enabled(if: Laboratory.isReady)) func aFileThatIsNoKernel() async throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "no kernel ", count: 100), to: "file")
    for (file, words) in [("./file", "is not a Linux kernel image"), (Places.ringbench, "is an ELF file")] {
      let program = try await Program.run(
        Laboratory.executables + "/ringbench", ["vm", "run", "--kernel", file, "--output", "out"], in: folder.path)
      #expect(program.status == 2, "\(program.error)")
      #expect(program.error.contains(words), "\(program.error)")
      #expect(try folder.contents == ["file"])
    }
  }

  @Test func compareWantsTwoKernels() async throws {
    let program = try await Program.run(Places.ringbench, ["vm", "compare", "--kernel", "debian-6.1"])
    #expect(program.status == 2)
    #expect(program.error.contains("two are needed"))
    #expect(program.error.contains("See 'ringbench vm compare --help'"))
  }

  /// Options of run belong behind `--`, and the message has the command that works.
  @Test(arguments: [
    (
      ["run", "--kernel", "lab", "--suite", "quick"],
      "'--suite' is an option of run: put it after '--': ringbench vm run --kernel lab -- --suite quick\n"
    ),
    (
      ["compare", "--kernel", "lab", "--mode=pbuf", "--kernel", "lab-debug", "--trials", "3", "--", "--batch", "8"],
      "'--mode', '--trials' are options of run: put them after '--': "
        + "ringbench vm compare --kernel lab --kernel lab-debug -- --mode=pbuf --trials 3 --batch 8\n"
    ),
  ])
  func optionsOfRunBelongBehindTheDashes(arguments: [String], message: String) async throws {
    let program = try await Program.run(Places.ringbench, ["vm"] + arguments)
    #expect(program.status == 2)
    #expect(program.error == "ringbench: " + message)
  }

  /// What a run in a guest can't do is not moved.
  @Test(arguments: ["--resume", "--directory", "--against", "--dry-run"]) func otherOptionsAreUnknown(option: String)
    async throws
  {
    let program = try await Program.run(Places.ringbench, ["vm", "run", "--kernel", "lab", option, "x"])
    #expect(program.status == 2)
    #expect(program.error.contains("Unknown option '\(option)'"), "\(program.error)")
  }

  @Test func showCommandPrintsAndDoesNothing() async throws {
    let folder = try TemporaryFolder()
    let program = try await Program.run(
      Places.ringbench, ["vm", "run", "--kernel", "debian-6.12", "--deterministic", "--show-command"], in: folder.path,
      environment: ["XDG_CACHE_HOME": folder.file("cache")])
    #expect(program.status == 0, "\(program.error)")
    let words = program.output.split(separator: " ")
    #expect(words.first == "qemu-system-x86_64")
    for word in ["-icount", "shift=0,sleep=off", "tcg,thread=single", "nokaslr", "norandmaps"] {
      #expect(words.contains(Substring(word)))
    }
    #expect(try folder.contents.isEmpty)
  }

  @Test func namesAreListedAlsoWithoutACache() async throws {
    let folder = try TemporaryFolder()
    let program = try await Program.run(
      Places.ringbench, ["kernel", "list"], environment: ["XDG_CACHE_HOME": folder.file("cache")])
    #expect(program.status == 0)
    let names = program.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    let built = ["lab", "lab-control", "lab-debug", "lab-kcsan"]
    #expect(names.map(String.init) == ["debian-6.1", "debian-6.12", "debian-7"] + built + built.map { $0 + "-7" })
    #expect(try folder.contents.isEmpty)
  }
}
