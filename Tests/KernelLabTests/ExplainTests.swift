import Base
import Documents
import FoundationEssentials
import Glibc
import Statistics
import TestSupport
import Testing
import Vocabulary

extension VirtualMachineTests {
  /// `ringbench explain` and `vm compare --explain` on real kernels.
  @Suite struct ExplainTests {
    private static let legacy = [
      "--transport", "unix-seqpacket", "--mode", "legacy", "--operation", "oneshot", "--message-size", "64",
    ]
    private static let files = ["explanation.json", "explanation.txt", "profile.collapsed", "callgrind.out.profile"]

    private let laboratory: Laboratory

    init() throws { laboratory = try Laboratory() }

    private func explain(
      _ output: String, _ options: [String] = [], kernels: [String] = ["debian-6.12"], run: [String] = legacy,
      environment: [String: String] = [:]
    ) async throws -> Program {
      let named = kernels.flatMap { ["--kernel", $0] }
      return try await laboratory.run(
        ["explain"] + named + ["--output", output] + options + ["--"] + run, environment: environment)
    }

    private func explanation(_ folder: String) throws -> Explanation {
      try #require(try RunFolder(path: laboratory.folder.file(folder)).explanation())
    }

    private func own(_ side: Explanation.Side) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: side.functions.map { ($0.name, $0.own) })
    }

    /// Folders without a name in them that ends a search for a program.
    private func programs(_ names: [String]) throws -> String {
      let folder = laboratory.folder.file("bin")
      try Files.makeFolder(folder)
      for name in names {
        let path = try #require(["/usr/bin", "/usr/sbin"].map { "\($0)/\(name)" }.first(where: Files.exists))
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: path)
      }
      return folder
    }

    /// The digits are those of a run without the plugin, the functions add up to them, and a loaded machine with one guest
    /// at a time writes the same bytes again.
    @Test(.timeLimit(.minutes(10))) func explainsWhatIsMeasuredByteForByte() async throws {
      let cells = ["--transport", "tcp,pipe", "--mode", "pbuf", "--message-size", "64,4k"]
      let path = try programs([
        "b2sum", "cat", "cpio", "sha256sum", "cp", "strip", "mke2fs", "xz", "zstd", "modinfo",
      ])
      // The cache has no plugin for a QEMU of this version, and there is no compiler.
      let qemu = path + "/qemu-system-x86_64"
      let script = "case \"$*\" in *--version*) echo nameless; exit 0 ;; esac\nexec /usr/bin/qemu-system-x86_64 \"$@\""
      try Files.write("#!/bin/sh\n\(script)\n".utf8, to: qemu)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: qemu)
      let bare = try await laboratory.boot("bare", run: cells, environment: ["PATH": path])
      #expect(bare.status == 0 && bare.error.contains("cc is missing"), "\(bare.error)")
      let first = try await explain("first", run: cells)
      #expect(first.status == 0, "\(first.error)")
      // Twice as many busy loops as two processors have.
      let loops = "for i in 1 2 3 4; do (while :; do :; done) & done; wait"
      let load = Task { try await Program.run("/bin/sh", ["-c", "timeout 60 sh -c '\(loops)'; :"]) }
      let second = try await explain("second", ["--jobs", "1"], run: cells)
      #expect(second.status == 0, "\(second.error)")
      _ = try await load.value
      let reported = try laboratory.instructions("bare")
      #expect(reported.count == 8)
      for trial in try laboratory.document("bare").cells.flatMap(\.trials) {
        #expect(trial[.instructionsWithoutStrings] == nil && trial[.stringBytesPerOperation] == nil)
      }
      for number in 1...8 {
        let folder = number == 1 ? "" : "/\(number)"
        for file in Self.files {
          let (one, other) = ("first\(folder)/\(file)", "second\(folder)/\(file)")
          #expect(try laboratory.folder.read(one) == laboratory.folder.read(other), "\(one)")
        }
        let side = try explanation("first" + folder).sides[0]
        #expect(side.instructionsPerOperation == reported[side.cell], "\(side.cell)")
        let sum = side.functions.reduce(side.constant) { $0 + $1.own }
        #expect(abs(sum - side.instructionsPerOperation) < 1e-9 * sum, "\(side.cell)")
        #expect(own(side)["Engine.timedRound"] ?? 0 > 0 && own(side)["do_syscall_64"] ?? 0 > 0)
        // A message is copied once, by string moves.
        let size: Double = side.cell.contains("msg=4096") ? 4096 : 64
        let bytes = side.functions.reduce(0) { $0 + ($1.further[.stringBytes] ?? 0) }
        #expect(bytes >= size && bytes < size + 200, "\(side.cell): \(bytes)")
        // Nearly everything is called from the timed loop.
        let loop = try #require(side.functions.first { $0.name == "Engine.timedRound" })
        #expect(loop.inclusive + side.constant > 0.99 * side.instructionsPerOperation, "\(side.cell)")
      }
      let leftovers = try laboratory.leftovers
      #expect(leftovers == [])
    }

    /// 6.12 takes its legacy buffers from the allocator one by one. Functions and total are those that `vm compare` reports.
    @Test(.timeLimit(.minutes(10))) func namesWhatChangedBetweenKernels() async throws {
      let program = try await laboratory.run(
        ["vm", "compare", "--kernel", "debian-6.1", "--kernel", "debian-6.12", "--deterministic", "--explain", "1"]
          + ["--output", "out", "--"] + Self.legacy)
      #expect(program.status == 1, "\(program.error)")
      let comparison = try ResultsJSON.decode(RunComparison.self, from: laboratory.folder.read("out/comparison.json"))
      let change = try #require(comparison.cells.first?.metrics["instructions_per_operation"]?.difference)
      let explanation = try explanation("out")
      let sum = explanation.differences.reduce(0) { $0 + $1.delta }
      #expect(abs(sum - change) < 1e-9 * abs(change), "\(sum) \(change)")
      let deltas = Dictionary(uniqueKeysWithValues: explanation.differences.map { ($0.name, $0.delta) })
      // Legacy buffers were kept in a cache of the ring, and are allocated and freed one by one now.
      for name in ["kfree", "__kmalloc_cache_noprof"] { #expect(deltas[name] ?? 0 > 50, "\(name)") }
      #expect(program.output.contains("kfree") && program.output.contains("add/remove:"))
      let page = String(decoding: try laboratory.folder.read("out/report.html"), as: UTF8.self)
      #expect(page.contains("id=\"explanation") && page.contains("__kmalloc_cache_noprof"))
      let names = try FileManager.default.contentsOfDirectory(atPath: laboratory.folder.file("out"))
      #expect(Set(names).isSuperset(of: ["old.collapsed", "new.collapsed", "callgrind.out.old", "callgrind.out.new"]))
    }

    /// What legacy does and a ring does not: hand each buffer back by a request.
    @Test(.timeLimit(.minutes(5))) func namesWhatAModeDoes() async throws {
      let program = try await explain(
        "out", ["--by", "mode", "--baseline", "pbuf", "--caches"],
        run: [
          "--transport", "unix-seqpacket", "--mode", "legacy,pbuf", "--operation", "oneshot", "--message-size", "64",
        ])
      #expect(program.status == 0, "\(program.error)")
      let explanation = try explanation("out")
      #expect(explanation.sides.map { $0.cell.split(separator: "/")[1] } == ["pbuf", "legacy"])
      let handBack = try #require(explanation.differences.first { $0.name == "io_provide_buffers" })
      #expect(handBack.old == nil && handBack.delta > 50)
      for side in explanation.sides {
        for column in [CostColumn.dataMisses, .mispredictions, .lockedOperations, .stringBytes] {
          #expect(side.functions.reduce(0) { $0 + ($1.further[column] ?? 0) } > 0, "\(column)")
        }
        // A message of 64 bytes is copied once.
        let copy = side.functions.first { $0.name == "rep_movs_alternative" }
        #expect(copy?.further[.stringBytes] == 64)
      }
    }

    /// What has nothing to be held against is named, not left out without a word, and so are the C loops.
    @Test(.timeLimit(.minutes(5))) func saysWhatIsLeftOut() async throws {
      try writeSuite("swift, reference")
      let program = try await explain(
        "out", ["--by", "mode", "--baseline", "fixed"], run: ["--suite", "suite.yaml", "--trials", "1"])
      #expect(program.status == 0, "\(program.error)")
      #expect(try explanation("out").sides.count == 2)
      #expect(program.output.contains("\npipe/pbuf/multishot/drain/"), "\(program.output)")
      #expect(program.output.contains(" is left out: this run has no cell of fixed"), "\(program.output)")
      #expect(program.output.contains("\n3 cells are left out, such as pipe/"), "\(program.output)")
      #expect(program.output.contains("/reference: the C loops have no markers\n"), "\(program.output)")
    }

    @Test(.timeLimit(.minutes(2))) func theCLoopsAloneAreRefused() async throws {
      try writeSuite("reference")
      let program = try await explain("out", run: ["--suite", "suite.yaml", "--trials", "1"])
      #expect(program.status == 2)
      #expect(program.errorLines.last?.contains("the C loops have no markers") == true, "\(program.error)")
      #expect(try laboratory.folder.contents.sorted() == ["suite.yaml", "tmp"])
    }

    /// Pipes with two modes, of which one has no multishot receive.
    private func writeSuite(_ implementations: String) throws {
      let groups = [("[fixed, pbuf]", "oneshot"), ("pbuf", "multishot")].map { modes, operation in
        "  - { mode: \(modes), operation: \(operation), transport: pipe, pattern: drain, message-size: 64, "
          + "implementation: [\(implementations)] }\n"
      }
      let head = "name: loops\ndescription: The Swift loop and the one in C.\ntrials: 1\nrounds: 20\ngroups:\n"
      try Files.write((head + groups.joined()).utf8, to: laboratory.folder.file("suite.yaml"))
    }

    /// Seven instructions more in one function of the workload: that function has them, and no other.
    @Test(.enabled(if: Laboratory.hasHooks, "scripts/build --test-hooks is needed"), .timeLimit(.minutes(5)))
    func findsPlantedInstructions() async throws {
      let folder = try TemporaryFolder()
      for name in ["ringbench", "ringbench-socket", "ringbench-pipe", "ringbench-file", "ringbench-reference"] {
        let path = name == "ringbench-socket" ? Laboratory.hookedSocket : "\(Laboratory.executables)/\(name)"
        try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: path)
      }
      var sides: [[String: Double]] = []
      for count in [0, 7] {
        let program = try await explain(
          "\(count)", ["--append", "RINGBENCH_TEST_EXTRA_INSTRUCTIONS=\(count)"],
          run: ["--transport", "unix-seqpacket", "--mode", "plain", "--operation", "oneshot", "--message-size", "64"],
          environment: ["RINGBENCH_LIBEXEC": folder.path])
        #expect(program.status == 0, "\(program.error)")
        sides.append(own(try explanation("\(count)").sides[0]))
      }
      let changes = Set(sides[0].keys).union(sides[1].keys)
        .map { (name: $0, delta: (sides[1][$0] ?? 0) - (sides[0][$0] ?? 0)) }.sorted { abs($0.delta) > abs($1.delta) }
      #expect(abs(changes[0].delta - 7) < 1e-9, "\(changes.prefix(3))")
      #expect(changes[0].name == "ctransport_spend_instructions" || changes[0].name == "Engine.timedRound")
      #expect(abs(changes[1].delta) < 0.1, "\(changes.prefix(3))")
    }

    // MARK: Faults

    private func expect(_ status: Int32, _ words: [String], _ program: Program) throws {
      #expect(program.status == status, "\(program.error)")
      let last = try #require(program.errorLines.last)
      for word in words { #expect(last.contains(word), "\(program.error)") }
      #expect(!FileManager.default.fileExists(atPath: laboratory.folder.file("out")))
      let leftovers = try laboratory.leftovers
      #expect(leftovers == [])
    }

    /// As if CONFIG_KALLSYMS were not built in.
    @Test func aKernelThatNamesNoFunctions() async throws {
      try expect(
        77, ["debian-6.12", "doesn't name its functions", "CONFIG_KALLSYMS"],
        try await explain("out", ["--append", "sysctl.kernel.kptr_restrict=2"]))
    }

    /// A comparison that can't be explained is still a comparison.
    @Test(.timeLimit(.minutes(2))) func aVerdictStandsWithoutItsExplanation() async throws {
      let program = try await laboratory.run(
        ["vm", "compare", "--kernel", "debian-6.1", "--kernel", "debian-6.12", "--deterministic", "--explain", "1"]
          + ["--append", "sysctl.kernel.kptr_restrict=2", "--output", "out", "--"] + Self.legacy)
      #expect(program.status == 1, "\(program.error)")
      #expect(program.output.contains("1 worse, 0 better, 0 undecided, 0 same"))
      let last = try #require(program.errorLines.last)
      #expect(last.contains("not explained") && last.contains("CONFIG_KALLSYMS"), "\(program.error)")
    }

    @Test func aGuestThatDoesNotBootInTime() async throws {
      try expect(3, ["did not end within 2 s", "--timeout"], try await explain("out", ["--timeout", "2"]))
    }

    /// Whoever kills QEMU while it profiles.
    @Test(.timeLimit(.minutes(2))) func aGuestThatDiesInBetween() async throws {
      let temporary = laboratory.folder.file("tmp")
      let killer = Task {
        while !Task.isCancelled {
          for process in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            let line = String(decoding: data, as: UTF8.self)
            guard let number = Int32(process), line.contains("level=calls"), line.contains(temporary) else { continue }
            kill(number, SIGKILL)
            return
          }
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      let program = try await explain("out")
      killer.cancel()
      try expect(3, ["QEMU was ended by signal 9"], program)
    }

    @Test func anUnknownKernel() async throws {
      try expect(2, ["debian-5"], try await explain("out", kernels: ["debian-5"]))
    }
  }
}
