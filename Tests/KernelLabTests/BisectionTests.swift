import Base
import FoundationEssentials
import TestSupport
import Testing

extension VirtualMachineTests {
  /// `git bisect run scripts/bisect-step` in a real repository, whose commits carry kernel images.
  @Suite struct BisectionTests {
    /// Identifies nobody, and reads no configuration of the machine's.
    private static let environment = [
      "GIT_AUTHOR_NAME": "test", "GIT_AUTHOR_EMAIL": "test@localhost", "GIT_COMMITTER_NAME": "test",
      "GIT_COMMITTER_EMAIL": "test@localhost", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
    ]

    /// Five commits have 6.1, three have 6.12, in which legacy buffers cost several hundred instructions more. One commit
    /// between has no image: it is skipped.
    @Test(.timeLimit(.minutes(15))) func namesTheCommitThatMadeAModeDearer() async throws {
      let laboratory = try Laboratory()
      let folder = laboratory.folder
      let cells = [
        "--transport", "unix-seqpacket", "--mode", "legacy", "--operation", "oneshot", "--message-size", "64",
      ]
      let baseline = ["vm", "run", "--kernel", "debian-6.1", "--deterministic", "--output", "baseline", "--"] + cells
      for command in [["kernel", "fetch", "debian-6.12"], baseline] {
        let program = try await laboratory.run(command)
        try #require(program.status == 0, "\(program.error)")
      }
      func git(_ arguments: [String]) async throws -> Program {
        try await Program.run("/usr/bin/git", arguments, in: folder.file("tree"), environment: Self.environment)
      }
      try FileManager.default.createDirectory(atPath: folder.file("tree"), withIntermediateDirectories: true)
      #expect(try await git(["init", "--quiet", "--initial-branch", "main"]).status == 0)
      for commit in 0..<8 {
        try? FileManager.default.removeItem(atPath: folder.file("tree/bzImage"))
        if commit != 3 {
          let kernel = Laboratory.kernelFolder(commit < 5 ? "debian-6.1" : "debian-6.12") + "/vmlinuz"
          try FileManager.default.copyItem(atPath: kernel, toPath: folder.file("tree/bzImage"))
        }
        try folder.write("\(commit)", to: "tree/number")
        #expect(try await git(["add", "--all"]).status == 0)
        #expect(try await git(["commit", "--quiet", "--message", "commit \(commit)"]).status == 0)
      }
      #expect(try await git(["bisect", "start", "HEAD", "HEAD~7"]).status == 0)
      let step = ["bisect", "run", Places.package + "/scripts/bisect-step", folder.file("baseline")]
      let bisection = try await git(step + ["--image", "bzImage", "--quiet", "--"] + cells)
      #expect(bisection.status == 0, "\(bisection.output) \(bisection.error)")
      #expect(bisection.output.contains("is the first bad commit"), "\(bisection.output)")
      #expect(bisection.error.contains("no such image in this commit: skipped"))
      #expect(try await git(["show", "--no-patch", "--format=%s", "refs/bisect/bad"]).output == "commit 5\n")
    }
  }
}
