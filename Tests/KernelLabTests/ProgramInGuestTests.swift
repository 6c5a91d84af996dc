import FoundationEssentials
import TestSupport
import Testing

extension VirtualMachineTests {
  /// `vm exec`: a program of the host in a guest.
  @Suite struct ProgramInGuestTests {
    private static let program = Laboratory.executables + "/guest-program"

    private func exec(_ options: [String] = [], _ arguments: [String]) async throws -> Program {
      let laboratory = try Laboratory()
      let program = try await laboratory.run(
        ["vm", "exec", "--kernel", "debian-6.12", "--deterministic"] + options + ["--", Self.program] + arguments)
      #expect(try laboratory.leftovers.isEmpty)
      #expect(try laboratory.folder.contents == ["tmp"])
      return program
    }

    @Test func whatItWritesAndItsEndComeBack() async throws {
      let program = try await exec([], ["exit", "0"])
      #expect(program.status == 0, "\(program.error)")
      #expect(program.output == "on standard output: 0\n")
      #expect(program.error == "on standard error\n")
    }

    @Test(arguments: [
      (["exit", "7"], "ended with status 7"), (["signal", "11"], "was ended by signal 11 (Segmentation fault)"),
    ])
    func anotherEndIsAFailure(arguments: [String], words: String) async throws {
      let program = try await exec([], arguments)
      #expect(program.status == 3, "\(program.error)")
      #expect(program.output == "on standard output: \(arguments[1])\n")
      #expect(program.errorLines == ["on standard error", "ringbench: \(Self.program) \(words)"])
    }

    @Test func itFindsWhatItIsPromised() async throws {
      let program = try await exec([], ["look"])
      #expect(program.status == 0, "\(program.error)")
      #expect(!program.output.contains("missing"), "\(program.output)")
      #expect(program.output.contains("uid 0, standard input ends: yes"), "\(program.output)")
    }

    /// The time includes the boot, which takes 20 seconds on a slow machine.
    @Test func aHangIsEnded() async throws {
      let program = try await exec(["--timeout", "75"], ["hang"])
      #expect(program.status == 3, "\(program.error)")
      #expect(program.output == "on standard output: hang\n")
      let last = try #require(program.errorLines.last)
      #expect(last.contains("did not end within 75 s: see --timeout"), "\(program.error)")
    }

    /// The kernel's report counts more than the end of the program.
    @Test func aKernelThatDoesNotComeUp() async throws {
      let program = try await exec(["--memory", "64M"], ["exit", "0"])
      #expect(program.status == 3, "\(program.error)")
      #expect(program.errorLines.last?.contains("ran out of memory") == true, "\(program.error)")
    }

    @Test(arguments: [
      ("/nowhere/program", "no such program"), ("/bin/sh", "is linked dynamically"),
      (Places.package + "/scripts/build", "is not an ELF executable"),
    ])
    func aProgramThatCanNotRun(path: String, words: String) async throws {
      let laboratory = try Laboratory()
      let program = try await laboratory.run(["vm", "exec", "--kernel", "debian-6.12", "--", path])
      #expect(program.status == 2, "\(program.error)")
      #expect(program.errorLines.count == 1)
      #expect(program.error.contains(path) && program.error.contains(words), "\(program.error)")
    }
  }
}
