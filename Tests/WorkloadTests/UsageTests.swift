import Documents
import TestSupport
import Testing
import Vocabulary

/// Bad input to an executable that runs alone: status 2 and one line.
@Suite struct UsageTests {
  static let everywhere = [
    "--mode pbfu", "--operation one", "--pattern steam", "--transport tpc", "--message-size 0", "--message-size x",
    "--message-size -1", "--message-size 2G", "--buffer-size 0", "--buffer-size 4q", "--buffer-size 4G",
    "--buffers 0", "--buffers -8", "--buffers x", "--buffers 100", "--buffers 65536", "--mode plain --buffers 40000",
    "--batch 0", "--batch -1", "--mode plain --batch 512", "--mode plain --buffers 32", "--hand-back 0",
    "--hand-back 512", "--hand-back x", "--groups one", "--hot 0", "--hot 1.5", "--hot x", "--backing 8k", "--align 0",
    "--align 100", "--min-left 0", "--cold 2", "--touch x", "--verify yes", "--connections 0", "--connections 70000",
    "--connections 1.5",
    "--pattern pingpong --connections 2", "--rate 5", "--pattern paced", "--pattern paced --rate 0",
    "--pattern paced --rate 2000000000", "--rounds 0", "--rounds -1", "--rounds x", "--rounds 99999999999999999",
    "--duration 0", "--duration -1", "--duration x", "--duration nan", "--duration inf", "--duration 1e300",
    "--rounds 1 --duration 1", "--bogus", "stray", "--mode", "--cpu-node x",
  ]

  @Test(arguments: ["ringbench-socket", "ringbench-pipe", "ringbench-file"], everywhere)
  func isOneLine(name: String, arguments: String) async throws {
    try await expectOneLine(name, arguments, "")
  }

  @Test(arguments: [
    ("ringbench-socket", "--transport pipe", "tcp, udp, unix-stream, unix-seqpacket"),
    ("ringbench-pipe", "--transport file", "pipe, pipe-packet"),
    ("ringbench-file", "--transport tcp", "file, file-direct"),
    ("ringbench-socket", "--buffers 100", "--buffers: 100 buffers: mode pbuf needs a power of two, such as 64 or 128"),
    ("ringbench-socket", "--transport udp --buffer-size 32", "--buffer-size: buffers of 32 bytes for messages of 64"),
    ("ringbench-file", "--buffer-size 32", "--buffer-size: buffers of 32 bytes for messages of 64"),
    ("ringbench-socket", "--mode plain --batch 512", "--batch: a batch of 512"),
    ("ringbench-socket", "--hand-back 512", "--hand-back: 512 buffers handed back at once with 256 buffers"),
    (
      "ringbench-socket", "--hand-back 0",
      "'0' is not a value for hand-back: a whole number from 1, or batch, is needed"
    ),
    ("ringbench-socket", "--groups one", "'one' is not a value for groups: one of shared, per-connection is needed"),
    ("ringbench-socket", "--hot 2", "'2' is not a value for hot: a number above 0, at most 1, such as 0.01, is needed"),
    ("ringbench-socket", "--align 100", "--align: 100 bytes: a power of two is needed, such as 64 or 128"),
    ("ringbench-socket", "--pattern paced", "--pattern: paced needs a rate"),
  ])
  func theLineNamesWhatWouldBeRight(name: String, arguments: String, words: String) async throws {
    try await expectOneLine(name, arguments, words)
  }

  /// The machine decides which nodes exist, so a missing node is a result and not bad input.
  @Test(arguments: [["--cpu-node", "99"], ["--memory-node", "99"], ["--cpu-node=-1"], ["--memory-node=-1"]])
  func aMissingNodeIsUnsupported(arguments: [String]) async throws {
    let program = try await Workload.run("ringbench-pipe", ["--rounds", "1"] + arguments)
    #expect(program.status == 0, "\(program.error)")
    let reply = try Workload.decode(program)
    #expect(reply.status == .unsupported)
    #expect(reply.reason?.stage == .setup)
    #expect(reply.reason?.message.contains("node") == true)
  }

  @Test(arguments: ["ringbench-socket", "ringbench-pipe", "ringbench-file"]) func helpIsNoError(name: String)
    async throws
  {
    let program = try await Workload.run(name, ["--help"])
    #expect(program.status == 0)
    #expect(program.output.contains("--buffers"))
    #expect(program.error == "")
  }

  private func expectOneLine(_ name: String, _ arguments: String, _ words: String) async throws {
    let program = try await Workload.run(name, arguments.split(separator: " ").map(String.init))
    #expect(program.status == 2, "\(program.error)")
    #expect(program.output == "")
    #expect(program.errorLines.count == 1 && program.error.hasSuffix("\n"), "\(program.error)")
    #expect(program.error.hasPrefix("\(name): ") && program.error.contains(words), "\(program.error)")
  }
}
