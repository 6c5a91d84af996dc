import Base
import FoundationEssentials
import TestSupport
import Testing

/// Bad input to the real executable: status 2, one line, nothing written.
@Suite struct BadInputTests {
  let workload: FakeWorkload
  let folder: TemporaryFolder

  init() throws {
    workload = try FakeWorkload(.silence)
    folder = try TemporaryFolder()
  }

  @Test(arguments: [
    ("--mode pbfu", "unknown mode 'pbfu'"), ("--transport tpc", "unknown transport 'tpc'"),
    ("--operation one", "unknown operation 'one'"), ("--pattern steam", "unknown pattern 'steam'"),
    ("--suite quik", "unknown suite 'quik'"), ("--suite none.yaml", "none.yaml: no such file"),
    ("--nodes 99", "no node 99"), ("--nodes x", "'x' is not a node"), ("--placement near", "unknown placement 'near'"),
    ("--nodes 0 --placement remote", "two nodes are needed"),
    ("--message-size 0", "'0' is not a value for message-size"),
    ("--buffer-size 4q", "'4q' is not a value for buffer-size"),
    ("--buffers 0", "'0' is not a value for buffers"), ("--batch x", "'x' is not a value for batch"),
    ("--connections 1.5", "'1.5' is not a value for connections"), ("--mode plain,,pbuf", "unknown mode ''"),
    ("--buffers 100", "--buffers: 100 buffers: mode pbuf needs a power of two, such as 64 or 128"),
    ("--buffers 65536", "--buffers: 65536 buffers: from 1 to 32768 are possible"),
    ("--mode plain --buffers 40000", "--buffers: 40000 buffers: from 1 to 32768 are possible"),
    ("--message-size 8k", "--message-size: "), ("--buffer-size 32 --transport udp", "--buffer-size: buffers of 32"),
    ("--batch 512", "--batch: a batch of 512"), ("--buffers 32", "--buffers: a batch of 64 messages with 32 buffers"),
    ("--connections 70000", "--connections: 70000 connections: from 1 to 65535 are possible"),
    ("--pattern pingpong --connections 2", "--connections: 2 connections: pingpong uses one"),
    ("--message-size 2G", "--message-size: 2147483648 bytes: from 1 to 1073741824"),
    ("--pattern paced --rate 2000000000", "--rate: 2000000000 messages per second: from 1 to 1000000000"),
    ("--rate 5", "only pattern paced has a rate"), ("--pattern paced", "paced needs a rate"),
    ("--rounds 5 --duration 1", "--rounds with --duration"), ("--rounds 0", "whole number from 1"),
    ("--rounds 99999999999999999", "whole number from 1 to 1000000000"),
    ("--duration 0", "seconds above 0"), ("--trials 1.5", "whole number from 1"),
    ("--precision 0", "a percentage above 0"), ("--seed x", "whole number from 0"),
    ("--output /proc/ringbench", "/proc/ringbench: the folder can't be made"), ("--output /dev/null", "is a file"),
    ("--output /etc", "/etc: the folder is not empty"), ("--directory none", "none: a folder that exists"),
    ("--resume none", "no interrupted run"), ("--resume none --mode plain", "only --quiet and --details"),
    ("--bogus", "Unknown option '--bogus'"), ("--mode", "Missing value"), ("extra", "Unexpected argument 'extra'"),
  ])
  func isOneLine(arguments: String, message: String) async throws {
    let program = try await ringbench(["run"] + arguments.split(separator: " ").map(String.init))
    try expectOneLine(program, message)
  }

  /// All wrong values have a line each, and the last line is a command that works.
  @Test(arguments: [
    (
      "run --mode foo --transport bar --batch x", ["mode 'foo'", "transport 'bar'", "'x' is not a value for batch"],
      "run --mode syscall --transport tcp --batch 64"
    ),
    ("run --mode pbfu --suite quik", ["unknown mode 'pbfu'", "unknown suite 'quik'"], "run --mode pbuf --suite quick"),
    ("run --nodes 99 --suite quik", ["unknown suite 'quik'", "no node 99"], "run --nodes all --suite quick"),
    (
      "vm run --kernel debian-6.13 -- --mode foo --seed -3",
      ["'debian-6.13'", "mode 'foo'", "Missing value for '--seed"],
      "vm run --kernel debian-6.1 -- --mode syscall"
    ),
    (
      "vm run --kernel lab --mode pbfu", ["'--mode' is an option of run: put it after '--'", "'pbfu'"],
      "vm run --kernel lab -- --mode pbuf"
    ),
  ])
  func everyWrongValueIsNamed(arguments: String, messages: [String], works: String) async throws {
    let program = try await ringbench(arguments.split(separator: " ").map(String.init))
    #expect(program.status == 2)
    #expect(program.output == "")
    #expect(program.errorLines.count == messages.count + 1, "\(program.error)")
    for (line, message) in zip(program.errorLines, messages) {
      #expect(line.hasPrefix("ringbench: ") && line.contains(message), "\(program.error)")
    }
    #expect(program.errorLines.last == "ringbench: this would work: ringbench \(works)")
    #expect(try folder.contents.isEmpty)
    let dry =
      works.hasPrefix("vm") ? works.replacing(" --kernel", with: " --show-command --kernel") : works + " --dry-run"
    let again = try await ringbench(dry.split(separator: " ").map(String.init))
    #expect(again.status == 0, "\(again.error)")
  }

  /// A script that forgot the rest of the command must not pass.
  @Test(arguments: [
    ([String](), "one of probe, run, ask, compare"), (["vm"], "one of run, compare, exec"), (["kernel"], "list"),
  ])
  func aGroupAloneIsOneLine(words: [String], message: String) async throws {
    try expectOneLine(try await ringbench(words), message)
  }

  /// What is printed last is written after everything else is done.
  @Test func aFullDiskShows() async throws {
    let command = "'\(Places.ringbench)' run --dry-run >/dev/full"
    let program = try await Program.run("/bin/sh", ["-c", command], environment: workload.environment)
    #expect(program.status == 3 && program.error.contains("standard output: can't be written to"))
  }

  @Test func anUnknownCommandIsOneLine() async throws {
    try expectOneLine(try await ringbench(["rum"]), "Unexpected argument 'rum'")
  }

  @Test func aSuiteFileIsNamedWithItsLine() async throws {
    let suites = try TemporaryFolder()
    try suites.write("name: mine\ndescription: x\ntrials: 1\nrounds: 1\ngroups:\n  - mood: x\n", to: "mine.yaml")
    let program = try await ringbench(["run", "--suite", suites.file("mine.yaml")])
    try expectOneLine(program, "mine.yaml:6: unknown key 'mood' in a group")
  }

  @Test func aMissingExecutableIsNamed() async throws {
    let empty = try TemporaryFolder()
    let program = try await Program.run(
      Places.ringbench, ["run", "--transport", "tcp"], in: folder.path, environment: ["RINGBENCH_LIBEXEC": empty.path])
    try expectOneLine(program, "ringbench-socket: no such executable")
  }

  private func ringbench(_ arguments: [String]) async throws -> Program {
    try await Program.run(Places.ringbench, arguments, in: folder.path, environment: workload.environment)
  }

  private func expectOneLine(_ program: Program, _ message: String) throws {
    #expect(program.status == 2)
    #expect(program.output == "")
    #expect(program.errorLines.count == 1 && program.error.hasSuffix("\n"), "\(program.error)")
    #expect(program.error.hasPrefix("ringbench: ") && program.error.contains(message), "\(program.error)")
    #expect(try folder.contents.isEmpty)
  }
}
