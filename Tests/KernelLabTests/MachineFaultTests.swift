import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

extension VirtualMachineTests {
  /// Every fault gives the right status and a sentence that names it. No process and no file is left.
  @Suite struct MachineFaultTests {
    private func expect(
      _ status: Int32, _ words: [String], _ options: [String], environment: [String: String] = [:]
    ) async throws {
      let laboratory = try Laboratory()
      let program = try await laboratory.boot("out", options, environment: environment)
      #expect(program.status == status, "\(program.error)")
      let last = try #require(program.errorLines.last)
      for word in words { #expect(last.contains(word), "\(program.error)") }
      #expect(try laboratory.leftovers.isEmpty)
      #expect(try laboratory.folder.contents == ["tmp"])
    }

    @Test func aKernelWithoutIoUring() async throws {
      try await expect(
        77, ["io_uring is not available", "io_uring_disabled"], ["--append", "sysctl.kernel.io_uring_disabled=2"])
    }

    /// As if CONFIG_BLK_DEV_INITRD were not built in.
    @Test func aKernelWithoutInitramfs() async throws {
      try await expect(
        3, ["the guest's kernel takes no initramfs: build in CONFIG_BLK_DEV_INITRD"],
        ["--append", "initcall_blacklist=populate_rootfs"])
    }

    /// As if CONFIG_BLK_DEV_RAM were not built in: the other cells are measured.
    @Test func aKernelWithoutRAMDisk() async throws {
      let laboratory = try Laboratory()
      let cells = [
        "--transport", "pipe,file-direct", "--mode", "plain", "--operation", "oneshot", "--message-size", "4096",
        "--trials", "1",
      ]
      let program = try await laboratory.boot("out", ["--append", "brd.rd_nr=0"], run: cells)
      #expect(program.status == 0, "\(program.error)")
      for cell in try laboratory.document("out").cells {
        let isDirect = cell.cell.transport == .fileDirect
        #expect(cell.status == (isDirect ? .unsupported : .ok))
        let why = "the guest has no RAM disk for O_DIRECT: build in CONFIG_BLK_DEV_RAM"
        #expect(cell.reason?.message == (isDirect ? why : nil))
      }
    }

    @Test(arguments: ["64M", "150M"]) func tooLittleMemory(size: String) async throws {
      try await expect(3, ["ran out of memory", "--memory"], ["--memory", size])
    }

    @Test func aHang() async throws {
      try await expect(3, ["did not end within 2 s", "--timeout"], ["--timeout", "2"])
    }

    @Test func anInterruption() async throws {
      let laboratory = try Laboratory()
      let program = try await Program.run(
        "/usr/bin/timeout",
        ["--preserve-status", "--foreground", "--signal", "INT", "4", Laboratory.executables + "/ringbench"]
          + ["vm", "run", "--kernel", "debian-6.12", "--deterministic", "--output", "out"],
        in: laboratory.folder.path, environment: ["TMPDIR": laboratory.folder.file("tmp")])
      #expect(program.status == 130, "\(program.error)")
      #expect(program.error == "ringbench: interrupted\n")
      #expect(try laboratory.leftovers.isEmpty)
    }

    @Test func qemuIsMissing() async throws {
      try await expect(77, ["qemu-system-x86_64 is missing", "install"], [], environment: ["PATH": "/nowhere"])
    }

    /// A static executable that ends at once replaces `ringbench`. Process 1 must not end.
    @Test func anInitThatEnds() async throws {
      let folder = try TemporaryFolder()
      let names =
        [("ringbench", "ringbench-reference")]
        + ["ringbench-socket", "ringbench-pipe", "ringbench-file", "ringbench-reference"].map { ($0, $0) }
      for (name, file) in names {
        try FileManager.default.createSymbolicLink(
          atPath: folder.file(name), withDestinationPath: Laboratory.executables + "/" + file)
      }
      try await expect(
        3, ["the guest's kernel panicked: Attempted to kill init!"], [], environment: ["RINGBENCH_LIBEXEC": folder.path]
      )
    }

    @Test(.enabled(if: Laboratory.canMount, "mounting needs root"))
    func aFullDiskUnderTheCache() async throws {
      let laboratory = try Laboratory()
      let home = try #require(ProcessInfo.processInfo.environment["HOME"])
      let kernels = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? home + "/.cache"
      try FileManager.default.createDirectory(
        atPath: laboratory.folder.file("cache"), withIntermediateDirectories: true)
      let script = """
        mount -t tmpfs -o size=8m tmpfs cache && XDG_CACHE_HOME="$PWD/cache" "$0" "$@"
        status=$?; find cache -type f | sed 's/^/left: /'; exit $status
        """
      let kernel = kernels + "/ringbench/kernels/debian-6.12/vmlinuz"
      let program = try await Program.run(
        "/usr/bin/unshare",
        ["--mount", "/bin/sh", "-c", script, Laboratory.executables + "/ringbench"]
          + ["vm", "run", "--kernel", kernel, "--deterministic", "--output", "out", "--"] + Laboratory.cells,
        in: laboratory.folder.path, environment: ["TMPDIR": laboratory.folder.file("tmp")])
      #expect(program.status == 3, "\(program.error)")
      #expect(program.error.lowercased().contains("no space left on device"), "\(program.error)")
      #expect(!program.output.contains("left: "))
      #expect(try laboratory.leftovers.isEmpty)
    }
  }
}
