import Base
import FoundationEssentials
import TestSupport
import Testing

/// Runs that start at the same time.
@Suite struct CollisionTests {
  let workload: FakeWorkload
  let folder: TemporaryFolder
  private let cells = ["--transport", "pipe", "--mode", "pbuf", "--operation", "oneshot", "--pattern", "drain"]

  init() throws {
    workload = try FakeWorkload(.slow(seconds: 0.3))
    folder = try TemporaryFolder()
  }

  private func shell(_ script: String, _ arguments: [String]) async throws -> Program {
    try await Program.run(
      "/bin/sh", ["-c", script, Places.ringbench] + arguments + cells, in: folder.path,
      environment: workload.environment)
  }

  /// The first run has a folder as soon as it has begun, whether it was there or not.
  @Test(arguments: ["", "mkdir out;"]) func theSecondRunIntoAFolderIsRefused(before: String) async throws {
    let script = """
      \(before) "$0" "$@" >first 2>&1 & first=$!
      until [ -e out/trials.jsonl ]; do sleep 0.02; done
      "$0" "$@"; echo "status $?"
      wait $first; echo "first $?"
      """
    let program = try await shell(script, ["run", "--output", "out", "--trials", "4"])
    #expect(program.output == "status 2\nfirst 0\n")
    #expect(
      program.error == "ringbench: --output: out: another ringbench writes into this folder: name another one\n")
    #expect(Files.exists(folder.file("out/results.json")))
  }

  @Test func runsWithoutANameHaveFoldersOfTheirOwn() async throws {
    let script = #"for n in 1 2 3; do "$0" "$@" >/dev/null & done; wait"#
    let program = try await shell(script, ["run", "--trials", "1"])
    #expect(program.error.isEmpty, "\(program.error)")
    let names = Files.names(in: folder.file("Results"))
    #expect(names.count == 3, "\(names)")
    for name in names { #expect(Files.exists(folder.file("Results/\(name)/results.json"))) }
  }
}
