import Base
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Builds at the same time, and builds that were cut off. make waits for the test.
@Suite(.timeLimit(.minutes(2))) struct ConcurrentBuildTests {
  private let bench: BuildBench

  init() throws {
    bench = try BuildBench()
    try bench.add("linux-source-6.12", "6.12.9-1")
  }

  private var leftovers: [String] { Files.names(in: bench.buildFolder) }

  /// Whether a process has ended, also where nobody asks for its status.
  private func hasEnded(_ process: Int32) -> Bool {
    (FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()).isEmpty
  }

  /// Starts a build, and goes on when it compiles.
  private func compiling(
    _ name: String, state: String = "state", then body: () async throws -> Void
  ) async throws -> Program {
    try bench.makeHolds(state: state)
    let bench = bench
    async let program = bench.build([name], state: state)
    try await bench.wait(for: "\(state)/make")
    try await body()
    return try await program
  }

  @Test func theSecondBuildWaitsAndFindsTheKernel() async throws {
    let bench = bench
    var second: Program?
    let first = try await compiling("lab") {
      async let other = bench.build(["lab"], state: "other")
      try await bench.wait(for: "other/error")
      try bench.makeGoesOn()
      second = try await other
    }
    #expect(first.status == 0, "\(first.error)")
    #expect(first.output == "lab: 6.12.1-ringbench-lab (linux-source-6.12 6.12.9-1)\n")
    #expect(second?.status == 0)
    #expect(second?.output == first.output)
    #expect(second?.error == "ringbench: waiting for another build of lab\n")
    #expect(bench.calls("", state: "other") == 0)
    #expect(leftovers == ["lab.lock"])
  }

  @Test func anInterruptedBuildLeavesNothing() async throws {
    let program = try await compiling("lab") { kill(try #require(try bench.process("state/ringbench")), SIGINT) }
    #expect(program.status == 130, "\(program.error)")
    #expect(hasEnded(try #require(try bench.process("state/make"))))
    #expect(leftovers == ["lab.lock"])
    #expect(bench.kernels.isEmpty)
  }

  @Test func aWaitIsInterrupted() async throws {
    let bench = bench
    var second: Program?
    let first = try await compiling("lab") {
      async let other = bench.build(["lab"], state: "other")
      try await bench.wait(for: "other/error")
      kill(try #require(try bench.process("other/ringbench")), SIGINT)
      second = try await other
      #expect(leftovers == ["lab", "lab.lock"])
      try bench.makeGoesOn()
    }
    #expect(second?.status == 130)
    #expect(first.status == 0, "\(first.error)")
    #expect(bench.kernels == ["lab"])
  }

  /// The next build ends the compiler of the killed one, and removes its folder.
  @Test func aKilledBuildIsClearedAway() async throws {
    let program = try await compiling("lab") { kill(try #require(try bench.process("state/ringbench")), SIGKILL) }
    #expect(program.status == 128 + SIGKILL)
    let compiler = try #require(try bench.process("state/make"))
    #expect(!hasEnded(compiler))
    #expect(leftovers == ["lab", "lab.lock"])
    #expect(bench.kernels.isEmpty)
    let next = try await bench.build(["lab"], state: "next")
    #expect(next.status == 0, "\(next.error)")
    #expect(!next.error.contains("waiting"))
    #expect(hasEnded(compiler))
    #expect(leftovers == ["lab.lock"])
    #expect(bench.kernels == ["lab"])
  }

  /// The build of one kernel removes what killed builds of others left, but never the folder of a live build.
  @Test func onlyStaleFoldersAreRemoved() async throws {
    let bench = bench
    for name in ["lab-kcsan", "ringbench-OLD"] { try Files.makeFolder("\(bench.buildFolder)/\(name)/source") }
    let debug = try await compiling("lab-debug") {
      let plain = try await bench.build(["lab"], state: "other")
      #expect(plain.status == 0, "\(plain.error)")
      #expect(!plain.error.contains("waiting"))
      #expect(leftovers == ["lab-debug", "lab-debug.lock", "lab-kcsan.lock", "lab.lock"])
      try bench.makeGoesOn()
    }
    #expect(debug.status == 0, "\(debug.error)")
    #expect(bench.kernels == ["lab", "lab-debug"])
  }
}
