import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

extension VirtualMachineTests {
  /// A cell's digits depend on the cell, the kernel and the tools, and on nothing else.
  @Suite struct IsolationTests {
    private static let many = [
      "--transport", "unix-seqpacket,pipe", "--mode", "plain,legacy,pbuf", "--message-size", "64", "--trials", "3",
    ]
    private static let alone = [
      "--transport", "unix-seqpacket", "--mode", "legacy", "--message-size", "64", "--trials", "3",
    ]

    private func digits(_ document: ResultsDocument) -> [String: [Double]] {
      Dictionary(
        uniqueKeysWithValues: document.cells.filter { $0.status == .ok }.map { cell in
          (cell.cell.id, cell.trials.compactMap { $0[.instructionsPerOperation] })
        })
    }

    /// Alone, among others, with two machines at once, and in two parts that are joined.
    @Test(.timeLimit(.minutes(10))) func digitsDependOnTheCellAlone() async throws {
      let laboratory = try Laboratory()
      let runs: [(String, [String], [String])] = [
        ("alone", ["--jobs", "1"], Self.alone), ("many", ["--jobs", "2"], Self.many),
        ("one", ["--shard", "1/2"], Self.many), ("two", ["--shard", "2/2", "--jobs", "1"], Self.many),
      ]
      for (name, options, cells) in runs {
        let program = try await laboratory.boot(name, options, run: cells)
        #expect(program.status == 0, "\(program.error)")
      }
      let many = digits(try laboratory.document("many"))
      #expect(many.count == 10)
      for (cell, instructions) in digits(try laboratory.document("alone")) {
        #expect(instructions.count == 3)
        #expect(many[cell] == instructions, "\(cell)")
      }
      let merged = try await laboratory.run(["merge", "two", "one", "--output", "merged"])
      #expect(merged.status == 0, "\(merged.error)")
      let (whole, joined) = (try laboratory.document("many"), try laboratory.document("merged"))
      #expect(joined.cells == whole.cells)
      #expect(joined.fingerprint == whole.fingerprint)
      #expect(joined.shard == nil)
      let leftovers = try laboratory.leftovers
      #expect(leftovers == [])
    }

    /// A copy of a kernel under another name is the same machine.
    @Test(.timeLimit(.minutes(10))) func aCopyIsTheSameKernel() async throws {
      let laboratory = try Laboratory()
      let image = Laboratory.kernelFolder("debian-6.12") + "/vmlinuz"
      try FileManager.default.copyItem(atPath: image, toPath: laboratory.folder.file("a-copy-with-a-long-name"))
      let program = try await laboratory.run(
        ["vm", "compare", "--kernel", "debian-6.12", "--kernel", "./a-copy-with-a-long-name", "--deterministic"]
          + ["--append", "ringbench.note=abc", "--output", "out", "--"] + Self.alone)
      #expect(program.status == 0, "\(program.error)")
      let (named, copy) = (try laboratory.document("out/baseline"), try laboratory.document("out/new"))
      #expect(digits(named) == digits(copy))
      #expect(named.fingerprint == copy.fingerprint)
      #expect(program.output.contains("0 worse, 0 better, 0 undecided, 2 same"))
    }

    /// A boot that differs from what the cache knows is not believed, and two boots are the same in any process.
    @Test(.timeLimit(.minutes(10))) func aMachineCountsWhenTwoBootsAgree() async throws {
      let laboratory = try Laboratory()
      let kernel = Laboratory.kernelFolder("debian-6.12") + "/vmlinuz"
      let cells = [
        "--transport", "pipe", "--mode", "plain", "--operation", "oneshot", "--message-size", "64", "--trials", "3",
      ]
      let known = laboratory.folder.file("ringbench/machines")
      var lines: [String] = []
      for name in ["two-boots", "one-boot", "two-boots-again"] {
        let program = try await laboratory.run(
          ["vm", "run", "--kernel", kernel, "--deterministic", "--output", name, "--"] + cells,
          environment: ["XDG_CACHE_HOME": laboratory.folder.path])
        #expect(program.status == 0, "\(program.error)")
        lines.append(try Files.text(known))
        let words = lines[0].split(separator: " ")
        try #require(words.count == 2)
        if name == "one-boot" { try Files.write("\(words[0]) of another machine\n".utf8, to: known) }
      }
      #expect(lines[1] == lines[0] && lines[2] == lines[0])
      let all = try ["two-boots", "one-boot", "two-boots-again"].map { digits(try laboratory.document($0)) }
      #expect(all[0].count == 1)
      #expect(all[1] == all[0] && all[2] == all[0])
    }

    /// Each trial begins in a state of its own, and the states are those of the seed.
    @Test(.timeLimit(.minutes(10))) func trialsHaveStatesOfTheirOwn() async throws {
      let laboratory = try Laboratory()
      for seed in ["1", "2"] {
        let program = try await laboratory.boot(seed, run: Self.alone + ["--operation", "oneshot", "--seed", seed])
        #expect(program.status == 0, "\(program.error)")
      }
      let (one, other) = (digits(try laboratory.document("1")), digits(try laboratory.document("2")))
      for instructions in one.values { #expect(Set(instructions).count > 1) }
      #expect(one != other)
      #expect(try laboratory.document("1").cells[0].trials.allSatisfy { $0[.nsPerOperation] == nil })
    }

    /// The sysctl is of Linux 6.6: the older kernel does not know it.
    @Test(.timeLimit(.minutes(10))) func aKernelWithoutRingsHasLostEverything() async throws {
      let laboratory = try Laboratory()
      let program = try await laboratory.run(
        ["vm", "compare", "--kernel", "debian-6.1", "--kernel", "debian-6.12", "--deterministic", "--output", "out"]
          + ["--append", "sysctl.kernel.io_uring_disabled=2", "--"] + Self.alone)
      #expect(program.status == 1)
      #expect(program.errorLines.last?.contains("debian-6.12: ") == true, "\(program.error)")
      #expect(program.errorLines.last?.contains("every cell of debian-6.1 is lost") == true, "\(program.error)")
      #expect(try laboratory.folder.contents == ["tmp"])
    }
  }
}
