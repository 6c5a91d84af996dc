import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// `ringbench kernel build` without compiling. Other tests boot kernels that it has built.
@Suite struct KernelBuildTests {
  private static let hasKeys = FileManager.default.fileExists(atPath: PrivateApt.keyring)
  private static let package = "linux-source-6.12"

  private let bench: BuildBench

  init() throws { bench = try BuildBench() }

  /// A build that fails, with words of the one line that says why. It leaves no kernel.
  private func expect(_ program: Program, _ status: Int32, _ words: [String]) throws {
    #expect(program.status == status, "\(program.error)")
    let last = try #require(program.errorLines.last)
    for word in words { #expect(last.contains(word), "\(program.error)") }
    #expect(program.output.isEmpty)
    #expect(bench.kernels.isEmpty)
    #expect(Files.names(in: bench.buildFolder).allSatisfy { $0.hasSuffix(".lock") })
  }

  // MARK: Names

  @Test(arguments: [
    (["laboratory"], ["'laboratory'", "lab, lab-control, lab-debug, lab-kcsan, each also with -7"]),
    (["lab-6.12"], ["unknown laboratory kernel 'lab-6.12'"]),
    (["lab", "--source", "6.1"], ["unknown source '6.1': 6.12 or 7 is needed"]),
    (["lab-7", "--source", "6.12"], ["lab-7 with --source 6.12", "leave --source out, or name lab"]),
    (["lab-debug-7", "--source=6.12"], ["lab-debug-7 is made from 7", "or name lab-debug"]),
  ])
  func namesThatAreRefused(arguments: [String], words: [String]) async throws {
    let program = try await bench.build(arguments)
    try expect(program, 2, words)
    #expect(program.errorLines.count == 1, "\(program.error)")
  }

  @Test(arguments: ["lab", "lab-control", "lab-debug", "lab-kcsan"]) func everyKernelHasItsNameAndRelease(name: String)
    async throws
  {
    try bench.add(Self.package, "6.12.9-1")
    let program = try await bench.build([name])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == "\(name): 6.12.1-ringbench-\(name) (\(Self.package) 6.12.9-1)\n")
    #expect(bench.kernels == [name])
    #expect(Files.names(in: bench.buildFolder) == ["\(name).lock"])
    let list = try await bench.run(["kernel", "list"])
    #expect(list.output.split(separator: "\n").contains { $0.split(separator: " ").first.map(String.init) == name })
    #expect(list.output.contains("6.12.9-1, Linux 6.12.1-ringbench-\(name)\n"), "\(list.output)")
  }

  @Test(arguments: ["lab-7", "lab-control", "lab-kcsan-7"]) func aKernelThatIsNotBuilt(name: String) async throws {
    let program = try await bench.run(["vm", "run", "--kernel", name, "--deterministic"])
    #expect(program.status == 2, "\(program.error)")
    #expect(program.error.contains("--kernel \(name): it is not built: run 'ringbench kernel build \(name)'"))
    let list = try await bench.run(["kernel", "list"])
    #expect(list.output.contains("not built: ringbench kernel build \(name)\n"), "\(list.output)")
  }

  @Test func anUnknownKernelOfAMachine() async throws {
    let program = try await bench.run(["vm", "run", "--kernel", "lab-8", "--deterministic"])
    #expect(program.status == 2)
    #expect(program.error.contains("lab, lab-control, lab-debug, lab-kcsan, each also with -7; or the path"))
  }

  // MARK: The recipe

  @Test func noRecipe() async throws {
    try expect(
      try await bench.run(["kernel", "build", "lab", "--sources", "nowhere"]), 2, ["--sources nowhere", "with series"])
  }

  @Test func noSeriesForTheBase() async throws {
    try FileManager.default.removeItem(atPath: bench.recipe + "/series/7")
    try expect(try await bench.build(["lab-7"]), 2, ["Kernel/series/7: patches and the file callers are needed"])
  }

  @Test func aLineOfTheCallersThatIsWrong() async throws {
    try bench.add(Self.package, "6.12.9-1")
    try bench.write("net.c two\n", "series/6.12/callers")
    try expect(try await bench.build(["lab"]), 2, ["series/6.12/callers: 'net.c two': a file and its number"])
  }

  @Test func theSeriesAndTheSourcesAreCompiled() async throws {
    try bench.add(Self.package, "6.12.9-1")
    let program = try await bench.build(["lab"])
    #expect(program.status == 0, "\(program.error)")
    #expect(bench.text("state/compiled/kbuf.h").contains("io_kmbuf_first"))
    #expect(bench.text("state/compiled/net.c").contains("io_kmbuf_second"))
    #expect(bench.text("state/compiled/kmbuf.c").contains("int io_kmbuf_first(void) {"))
    let rules = "obj-$(CONFIG_IO_URING) += io_uring.o kbuf.o\nobj-$(CONFIG_IO_URING) += kmbuf.o\n"
    #expect(bench.text("state/compiled/Makefile") == rules)
    let files = Array(BuildBench.tree.keys) + ["kmbuf.c", "kmbuf.h"]
    #expect(Files.names(in: bench.folder.file("state/compiled")) == files.sorted())
  }

  /// The control has the source that the others have, which is not the newest here, and nothing of ours in it.
  @Test func theControlIsWithoutPatches() async throws {
    try bench.add(Self.package, "6.12.10-1", files: ["net.c": BuildBench.otherNet])
    try bench.add(Self.package, "6.12.9-1")
    let program = try await bench.build(["lab-control"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("(\(Self.package) 6.12.9-1)"))
    #expect(Files.names(in: bench.folder.file("state/compiled")) == BuildBench.tree.keys.sorted())
    for (name, text) in BuildBench.tree { #expect(bench.text("state/compiled/\(name)") == text, "\(name)") }
  }

  @Test func theConfigurationsFollowOneAnother() async throws {
    try bench.add("linux-source-7.3", "7.3.4-1~bpo13+1", in: "trixie-backports")
    try bench.add(Self.package, "6.12.9-1")
    try bench.write("CONFIG_LIB=y\n", "config/7.config")
    _ = try await bench.build(["lab"])
    #expect(bench.text("state/config") == "CONFIG_IO_URING=y\nCONFIG_PRINTK=y\n\n")
    _ = try await bench.build(["lab-debug"])
    #expect(
      bench.text("state/config")
        == "CONFIG_IO_URING=y\nCONFIG_PRINTK=y\n\nCONFIG_KASAN=y\n# CONFIG_PRINTK is not set\n\n")
    if Self.hasKeys {
      _ = try await bench.build(["lab-kcsan-7"])
      #expect(
        bench.text("state/config") == "CONFIG_IO_URING=y\nCONFIG_PRINTK=y\n\nCONFIG_LIB=y\n\nCONFIG_KCSAN=y\n\n")
    }
  }

  @Test func aConfigurationThatIsRefused() async throws {
    try bench.add(Self.package, "6.12.9-1")
    try bench.fake("make", "grep -v PRINTK wanted.config >.config")
    try expect(try await bench.build(["lab"]), 3, ["the kernel's configuration refuses CONFIG_PRINTK=y"])
  }

  // MARK: Sources

  @Test(.enabled(if: KernelBuildTests.hasKeys, "Debian's keys are needed")) func noSourcePackage() async throws {
    try expect(try await bench.build(["lab"]), 3, ["Debian's suite trixie has no package like ^linux-source-6[.]12"])
    // The system's lists may have been out of date.
    #expect(bench.calls("update") == 2)
  }

  @Test(.enabled(if: KernelBuildTests.hasKeys, "Debian's keys are needed"))
  func theSuiteStandsInForTheSystem() async throws {
    try bench.add(Self.package, "6.12.8-1", in: "trixie")
    let program = try await bench.build(["lab"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == "lab: 6.12.1-ringbench-lab (\(Self.package) 6.12.8-1)\n")
  }

  /// The newest of all packages of the series. `lab --source 7` and `lab-7` are one kernel.
  @Test(.enabled(if: KernelBuildTests.hasKeys, "Debian's keys are needed")) func theSecondBase() async throws {
    for version in ["7.2.9-1~bpo13+1", "7.2.12-1~bpo13+1"] {
      try bench.add("linux-source-7.2", version, in: "trixie-backports")
    }
    for version in ["7.3.4-1~bpo13+1", "7.3.10-1~bpo13+1"] {
      try bench.add("linux-source-7.3", version, in: "trixie-backports")
    }
    // Not asked.
    try bench.add("linux-source-7.9", "7.9.1-1")
    let program = try await bench.build(["lab", "--source", "7"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == "lab-7: 6.12.1-ringbench-lab-7 (linux-source-7.3 7.3.10-1~bpo13+1)\n")
    #expect(bench.kernels == ["lab-7"])
    for arguments in [["lab-7"], ["lab-7", "--source", "7"], ["lab", "--source=7"]] {
      let again = try await bench.build(arguments + ["--offline"])
      #expect(again.status == 0 && again.output == program.output, "\(again.error)")
    }
    #expect(bench.calls("bzImage") == 1)
  }

  @Test func aDownloadThatFails() async throws {
    for version in ["6.12.9-1", "6.12.10-1"] { try bench.add(Self.package, version) }
    try bench.fake("apt-get", "echo 'W: unsandboxed' >&2; echo 'E: the mirror is down' >&2; exit 100")
    let program = try await bench.build(["lab"])
    try expect(program, 3, ["\(Self.package)=6.12.10-1 can't be fetched from this system's apt", "the mirror is down"])
    #expect(!program.error.contains("6.12.9-1"))
  }

  @Test func aSeriesThatFitsTheSecondNewest() async throws {
    try bench.add(Self.package, "6.12.9-1")
    try bench.add(Self.package, "6.12.100-1", files: ["net.c": BuildBench.otherNet])
    try bench.add(Self.package, "6.12.10-1")
    let program = try await bench.build(["lab"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output == "lab: 6.12.1-ringbench-lab (\(Self.package) 6.12.10-1)\n")
    #expect(program.errorLines == ["6.12.100-1", "6.12.10-1"].map { "ringbench: unpacking \(Self.package) \($0)" })
    #expect(bench.text("state/compiled/net.c").contains("io_kmbuf_second"))
  }

  /// The surroundings of a hunk must be those of the patch. A hunk that moved is no difference.
  @Test func aHunkThatMoved() async throws {
    let moved = String(repeating: "\n", count: 9) + BuildBench.tree["net.c", default: ""]
    try bench.add(Self.package, "6.12.9-1", files: ["net.c": moved])
    let program = try await bench.build(["lab", "--quiet"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.error.isEmpty)
    #expect(!Files.names(in: bench.folder.file("state/compiled")).contains { $0.hasSuffix(".orig") })
  }

  @Test func aSeriesThatFitsNone() async throws {
    try bench.add(Self.package, "6.12.9-1", files: ["kbuf.h": "int io_last(void);\n"])
    try bench.add(Self.package, "6.12.10-1", files: ["net.c": BuildBench.otherNet])
    try bench.add(Self.package, "6.12.11-1")
    try bench.lose(Self.package, "6.12.11-1")
    try expect(
      try await bench.build(["lab"]), 3,
      [
        "Kernel/series/6.12 fits no source: 6.12.11-1: the mirror no longer has it; "
          + "6.12.10-1: 0002-second.patch: io_uring/net.c, hunk 2; 6.12.9-1: 0001-first.patch: io_uring/kbuf.h, hunk 1"
      ])
  }

  /// The next version is taken, without another try.
  @Test func aVersionThatVanished() async throws {
    try bench.add(Self.package, "6.12.10-1")
    try bench.add(Self.package, "6.12.9-1")
    try bench.lose(Self.package, "6.12.10-1")
    let program = try await bench.build(["lab"])
    #expect(program.status == 0, "\(program.error)")
    #expect(program.output.contains("6.12.9-1"))
    #expect(bench.calls("download") == 2)
  }

  @Test(arguments: [
    ("splice.c", "int f(void)\n{\n\tsel = io_buffer_select(req);\n}\n", "calls io_buffer_select() 1 times"),
    ("rw.c", "", "calls io_buffer_select() 0 times, and"),
  ])
  func anUnknownCaller(file: String, text: String, words: String) async throws {
    try bench.add(Self.package, "6.12.10-1", files: [file: text])
    try bench.add(Self.package, "6.12.9-1")
    try expect(
      try await bench.build(["lab"]), 3, ["io_uring/\(file) \(words)", "Kernel/series/6.12", "has to learn about it"])
  }

  // MARK: The cache

  @Test func aKernelOfTheSameRecipeIsLeftAsItIs() async throws {
    try bench.add(Self.package, "6.12.9-1")
    let built = try await bench.build(["lab"])
    #expect(built.status == 0, "\(built.error)")
    let kept = try await bench.build(["lab"])
    #expect(kept.output == built.output && kept.error.isEmpty, "\(kept.error)")
    #expect(bench.calls("bzImage") == 1)
    try bench.write("int io_kmbuf_first(void) { return 1; }\n", "io_uring/kmbuf.c")
    let offline = try await bench.build(["lab", "--offline"])
    #expect(offline.status == 2 && offline.error.contains("the cache has no kernel of this recipe"), "\(offline.error)")
    let changed = try await bench.build(["lab"])
    #expect(changed.output == built.output, "\(changed.error)")
    #expect(bench.calls("bzImage") == 2)
  }

  @Test func anewTakesTheNewestSource() async throws {
    try bench.add(Self.package, "6.12.9-1")
    _ = try await bench.build(["lab"])
    try bench.add(Self.package, "6.12.10-1")
    #expect(try await bench.build(["lab"]).output.contains("6.12.9-1"))
    #expect(try await bench.build(["lab", "--anew"]).output.contains("6.12.10-1"))
    #expect(bench.kernels == ["lab"])
    #expect(Files.names(in: bench.buildFolder) == ["lab.lock"])
  }

  @Test func aFailedBuildKeepsTheOldKernel() async throws {
    try bench.add(Self.package, "6.12.9-1")
    let built = try await bench.build(["lab"])
    try bench.fake(
      "make", #"case "$*" in *bzImage) echo 'kmbuf.c:1: error: no'; exit 2 ;; esac; cp wanted.config .config"#)
    let failed = try await bench.build(["lab", "--anew"])
    #expect(failed.status == 3)
    #expect(failed.errorLines.last == "ringbench: the kernel does not compile: kmbuf.c:1: error: no", "\(failed.error)")
    #expect(try await bench.build(["lab", "--offline"]).output == built.output)
    #expect(Files.names(in: bench.buildFolder) == ["lab.lock"])
  }
}
