import Documents
import FoundationEssentials
import TestSupport
import Testing

extension VirtualMachineTests {
  @Suite struct KernelComparisonTests {
    private func compare(_ baseline: String, _ new: String) async throws -> (status: Int32, RunComparison) {
      let laboratory = try Laboratory()
      let kernels = ["--kernel", baseline, "--kernel", new, "--deterministic", "--output", "out", "--"]
      let program = try await laboratory.run(["vm", "compare"] + kernels + Laboratory.cells)
      #expect(try laboratory.folder.contents == ["out", "tmp"])
      #expect(try laboratory.leftovers.isEmpty)
      let data = try laboratory.folder.read("out/comparison.json")
      return (program.status, try ResultsJSON.decode(RunComparison.self, from: data))
    }

    /// 6.12 made legacy buffers several hundred instructions dearer than 6.1. Nobody had published this.
    @Test(.timeLimit(.minutes(10))) func findsWhatGotWorse() async throws {
      let (status, comparison) = try await compare("debian-6.1", "debian-6.12")
      #expect(status == 1)
      #expect(comparison.assumption == .exact)
      #expect(comparison.threshold == 0.5)
      #expect(comparison.warnings.map(\.kind).contains(.kernel))
      #expect(!comparison.warnings.map(\.kind).contains(.notRepeatable))
      let differences = Dictionary(
        uniqueKeysWithValues: comparison.cells.map { cell in
          (String(cell.cell.split(separator: "/")[1]), cell.metrics["instructions_per_operation"]?.difference ?? 0)
        })
      let legacy = try #require(differences["legacy"])
      #expect(legacy > 200)
      for mode in ["plain", "pbuf"] { #expect(try #require(differences[mode]) < legacy) }
    }

    @Test(.timeLimit(.minutes(10))) func aKernelIsTheSameAsItself() async throws {
      let (status, comparison) = try await compare("debian-6.12", "debian-6.12")
      #expect(status == 0)
      #expect(comparison.cells.map { $0.metrics["instructions_per_operation"]?.percent } == [0, 0, 0])
    }
  }
}
